import type { Ruleset } from "../../../scoring/ruleset/ruleset.ts";
import { compareProperties } from "../../compare-properties.ts";
import type { PropertyDefinition } from "../../hubspot-port.ts";
import { ourProperties } from "../../setup.ts";
import { bad, well, type Finding } from "../finding.ts";

const CHECK = "our properties";

/** `company`: the portal's company properties. */
export function checkOurProperties(ruleset: Ruleset, company: readonly PropertyDefinition[]): Finding {
  const wanted = ourProperties(ruleset);
  const { missing, archived, lacking, drifted } = compareProperties(wanted, company);
  const gone = missing.map(({ name }) => name).filter((name) => !archived.includes(name));
  const details = [
    ...(gone.length > 0 ? [`missing: ${gone.join(", ")}`] : []),
    ...(archived.length > 0 ? [`archived: ${archived.join(", ")}`] : []),
    ...lacking.map(({ name, options }) => `${name} lacks ${options.map(({ value }) => value).join(", ")}`),
    ...drifted.map(({ name, expected, found }) => `${name} must have ${expected}, and has ${found}`),
  ];
  const wrong = missing.length + lacking.length + drifted.length;
  if (wrong === 0) return well(CHECK, `all ${wanted.length} are as they must be`);
  const remedy =
    drifted.length === 0
      ? "npm run health -- setup"
      : "change those in HubSpot, or set another prefix in the rules; npm run health -- setup mends the others";
  return bad(CHECK, `${wrong} of ${wanted.length} are not as they must be`, { details, remedy });
}
