import type { Ruleset } from "../../../scoring/ruleset/ruleset.ts";
import { compareProperties } from "../../compare-properties.ts";
import { TASK_KEY_PROPERTY, type PropertyDefinition } from "../../hubspot-port.ts";
import { ourProperties } from "../../setup.ts";
import { failed, ok, warning, type Finding } from "../finding.ts";

const CHECK = "our properties";

/** Given the portal's company and task properties; those of tasks are undefined where nothing needs them, or may see them. */
export function checkOurProperties(
  ruleset: Ruleset,
  company: readonly PropertyDefinition[],
  task: readonly PropertyDefinition[] | undefined,
): Finding {
  const wanted = ourProperties(ruleset);
  const { missing, archived, lacking, drifted } = compareProperties(wanted, company);
  const gone = missing.map(({ name }) => name).filter((name) => !archived.includes(name));
  const keyTrouble = task ? troubleOfKey(task) : [];
  const details = [
    ...(gone.length > 0 ? [`missing: ${gone.join(", ")}`] : []),
    ...(archived.length > 0 ? [`archived: ${archived.join(", ")}`] : []),
    ...lacking.map(({ name, options }) => `${name} lacks ${options.map(({ value }) => value).join(", ")}`),
    ...drifted.map(({ name, expected, found }) => `${name} must have ${expected}, and has ${found}`),
    ...keyTrouble,
  ];
  const wrong = missing.length + lacking.length + drifted.length;
  if (wrong === 0 && keyTrouble.length > 0) {
    const words = `all ${wanted.length} of companies are as they must be, but tasks carry their key in the text`;
    return warning(CHECK, words, {
      details,
      remedy: "npm run health -- setup, with the scope crm.schemas.contacts.write",
    });
  }
  if (wrong === 0) return ok(CHECK, `all ${wanted.length} are as they must be`);
  const remedy =
    drifted.length === 0
      ? "npm run health -- setup"
      : "change those in HubSpot, or set another prefix in the rules; npm run health -- setup mends the others";
  return failed(CHECK, `${wrong} of ${wanted.length} are not as they must be`, { details, remedy });
}

function troubleOfKey(task: readonly PropertyDefinition[]): string[] {
  const key = task.find(({ name }) => name === TASK_KEY_PROPERTY);
  if (key && !key.archived) return [];
  return [`${key ? "archived" : "missing"} on tasks: ${TASK_KEY_PROPERTY}`];
}
