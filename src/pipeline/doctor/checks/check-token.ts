import type { CompiledRuleset } from "../../../scoring/compiled-ruleset.ts";
import type { TokenDetails } from "../../hubspot-port.ts";
import { neededScopes, type AppScopes } from "../../needed-scopes.ts";
import { isAway, type Asked, type ExaminedPortal } from "../examine-portal.ts";
import { failed, warning, skipped, ok, type Finding } from "../finding.ts";
import { troubled } from "./troubled.ts";

export function checkToken(portal: ExaminedPortal | null): Finding {
  if (!portal) return skipped("token", "HUBSPOT_ACCESS_TOKEN is not set, or cannot be used");
  const { token, rest } = portal;
  if (rest === null && !isAway(token)) {
    const words = "HubSpot refuses the token: it is wrong, was replaced, or the app is no longer installed";
    return failed("token", words, { remedy: "copy the access token of the app's tab Auth to HUBSPOT_ACCESS_TOKEN" });
  }
  if ("trouble" in token) return troubled("token", token.trouble);
  return ok("token", `valid, of app ${token.answer.appId}`);
}

/** `rules`: null where the rule file cannot be used; then nobody knows which types must be readable. */
export function checkScopes(token: Asked<TokenDetails>, scopes: AppScopes, rules: CompiledRuleset | null): Finding {
  if (rules === null) return skipped("scopes", "the rules tell which are needed, and they cannot be used");
  if ("trouble" in token) return troubled("scopes", token.trouble);
  const given = new Set(token.answer.scopes);
  const { required, optional } = neededScopes(scopes, rules);
  const lacksOf = (kind: AppScopes["required"]) => kind.filter(({ name }) => !given.has(name));
  const tell = (lacking: AppScopes["required"]) => lacking.map(({ name, reason }) => `${name}: ${reason}`);
  const remedy = "add them to the app (scopes), upload or save it, and let the portal's administrator approve them";
  const [lacking, missed] = [lacksOf(required), lacksOf(optional)];
  if (lacking.length > 0) {
    const others = missed.length > 0 ? `, and ${missed.length} that would help` : "";
    const words = `the token lacks ${lacking.length} of ${required.length}${others}`;
    return failed("scopes", words, { details: tell([...lacking, ...missed]), remedy });
  }
  if (missed.length === 0) return ok("scopes", `all ${required.length + optional.length} are there`);
  const words = `all ${required.length} that are needed; without ${missed.length} that would help`;
  return warning("scopes", words, { details: tell(missed), remedy });
}
