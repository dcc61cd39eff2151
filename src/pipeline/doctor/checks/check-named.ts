import { checkRulesAgainstPortal, recordTypeOf } from "../../check-rules.ts";
import type { Owner } from "../../hubspot-port.ts";
import type { ReadDefinitions } from "../../read-definitions.ts";
import { failed, warning, ok, type Finding } from "../finding.ts";
import type { UsableRules } from "../gathered.ts";

/** Whether the portal has what the rules name of it, as what they take it for. */
export function checkNamedProperties({ file, uses }: UsableRules, read: ReadDefinitions): Finding {
  const problems = checkRulesAgainstPortal(uses, read.definitions);
  if (problems.length > 0) {
    const details = problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
    return failed("rules' properties", `${problems.length} do not fit the portal`, {
      details,
      remedy: "correct the rules, or make the properties in HubSpot",
    });
  }
  const blind = read.forbidden.filter((type) => uses.some(({ source }) => recordTypeOf(source) === type));
  if (blind.length > 0) {
    return warning("rules' properties", `not all could be looked at: the token may not read ${blind.join(", ")}`, {
      remedy: "see scopes; without them what the rules say of these is unknown",
    });
  }
  const names = new Set(uses.map(({ source, property }) => `${source} ${property}`));
  return ok("rules' properties", `the portal has all ${names.size} that the rules name`);
}

/** Whether tasks find somebody: the fallback owner, and every address in the rules. */
export function checkOwners({ file, people, rules }: UsableRules, owners: readonly Owner[]): Finding {
  const { fallbackOwner } = rules.ruleset;
  const find = (email: string) => owners.filter((owner) => owner.email.toLowerCase() === email.toLowerCase());
  const gone = people.flatMap(({ email, place: { line, column } }) => {
    const found = find(email);
    if (found.some(({ archived }) => !archived)) return [];
    const what = found.length > 0 ? "is deactivated" : "is no user of the portal";
    const role = email === fallbackOwner ? " (the fallback owner)" : "";
    return [`${file}:${line}:${column}: ${email}${role} ${what}`];
  });
  const remedy = "name active users of the portal in the rules";
  if (gone.length > 0)
    return failed("owners", `${gone.length} in the rules cannot be given tasks`, { details: gone, remedy });
  if (fallbackOwner === null) {
    return warning("owners", "the rules name no fallback_owner: tasks of companies without an owner are nobody's", {
      remedy,
    });
  }
  const active = owners.filter(({ archived }) => !archived).length;
  return ok("owners", `tasks without another owner go to ${fallbackOwner}, one of ${active} active users`);
}
