import type { Language, Ruleset } from "../scoring/ruleset/ruleset.ts";
import { defineProperties } from "./define-properties.ts";
import { HubSpotForbidden } from "./hubspot-errors.ts";
import type { HubSpotPort, PropertyDefinition, RecordType } from "./hubspot-port.ts";
import { propertyWords } from "./property-words.ts";

/** The name of the group of our company properties, and of the key on tasks. */
const PROPERTY_GROUP = "customer_health";
/** The task property that carries our key; without it the key stands in the body's last line. */
export const TASK_KEY_PROPERTY = "chs_key";

export type SetupOutcome = {
  created: string[];
  /** Choice properties that lacked options, which were added: bands or phases that are new in the rules. */
  extended: { name: string; options: string[] }[];
  /** Properties of our names that mean something else: HubSpot would refuse our values. */
  drifted: { name: string; expected: string; found: string }[];
  /** False where the token may not make task properties. */
  hasTaskKey: boolean;
};

/**
 * Makes the company properties that the rules write, and the options of theirs, where they are missing. Options that the
 * rules no longer name stay: records have them. Running it again changes nothing.
 */
export async function setUpPortal(hubspot: HubSpotPort, ruleset: Ruleset): Promise<SetupOutcome> {
  const { language } = ruleset;
  const wanted = ruleset.scores.flatMap((rules) => defineProperties(rules, language, PROPERTY_GROUP));
  const existing = new Map((await readStanding(hubspot, "company")).map((found) => [found.name, found]));
  const missing = wanted.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) {
    await hubspot.ensurePropertyGroup("company", groupIn(language));
    await hubspot.createProperties("company", missing);
  }
  const drifted: SetupOutcome["drifted"] = [];
  const extended: SetupOutcome["extended"] = [];
  for (const { name, type, options = [] } of wanted) {
    const found = existing.get(name);
    if (!found) continue;
    if (found.type !== type) {
      drifted.push({ name, expected: `type ${type}`, found: `type ${found.type}` });
      continue;
    }
    const lacking = options.filter(({ value }) => !found.options.includes(value));
    if (lacking.length === 0) continue;
    await hubspot.addOptions("company", name, lacking);
    extended.push({ name, options: lacking.map(({ value }) => value) });
  }
  const created = missing.map(({ name }) => name);
  return { created, extended, drifted, hasTaskKey: await ensureTaskKey(hubspot, language) };
}

function groupIn(language: Language): { name: string; label: string } {
  return { name: PROPERTY_GROUP, label: propertyWords[language].group };
}

/** An archived property takes no values, and making one of its name brings it back. */
async function readStanding(hubspot: HubSpotPort, type: RecordType): Promise<PropertyDefinition[]> {
  return (await hubspot.readPropertyDefinitions(type)).filter(({ archived }) => !archived);
}

async function ensureTaskKey(hubspot: HubSpotPort, language: Language): Promise<boolean> {
  try {
    const existing = await readStanding(hubspot, "task");
    if (existing.some(({ name }) => name === TASK_KEY_PROPERTY)) return true;
    await hubspot.ensurePropertyGroup("task", groupIn(language));
    await hubspot.createProperties("task", [
      {
        name: TASK_KEY_PROPERTY,
        ...propertyWords[language].taskKey,
        groupName: PROPERTY_GROUP,
        type: "string",
        fieldType: "text",
      },
    ]);
    return true;
  } catch (error) {
    if (error instanceof HubSpotForbidden) return false;
    throw error;
  }
}
