import type { Language, Ruleset } from "../scoring/ruleset/ruleset.ts";
import { compareProperties, type Drift } from "./compare-properties.ts";
import { defineProperties } from "./define-properties.ts";
import { HubSpotForbidden } from "./hubspot-errors.ts";
import { TASK_KEY_PROPERTY, type HubSpotPort, type NewProperty } from "./hubspot-port.ts";
import { propertyWords } from "./property-words.ts";

/** The name of the group of our company properties, and of the key on tasks. */
const PROPERTY_GROUP = "customer_health";

export type SetupOutcome = {
  created: string[];
  /** Choice properties that lacked options, which were added: bands or phases that are new in the rules. */
  extended: { name: string; options: string[] }[];
  /** Properties of our names that mean something else, or that stayed archived: HubSpot would refuse our values. */
  drifted: Drift[];
  /** False where the token may not make task properties. */
  hasTaskKey: boolean;
};

/**
 * Makes the company properties that the rules write, and the options of theirs, where they are missing. Options that the
 * rules no longer name stay: records have them. Running it again changes nothing. It takes four calls where nothing is
 * missing, and ten in an empty portal.
 */
export async function setUpPortal(hubspot: HubSpotPort, ruleset: Ruleset): Promise<SetupOutcome> {
  const wanted = ourProperties(ruleset);
  let difference = compareProperties(wanted, await hubspot.readPropertyDefinitions("company"));
  const { missing, archived } = difference;
  if (missing.length > 0) {
    await hubspot.ensurePropertyGroup("company", groupIn(ruleset.language));
    await hubspot.createProperties("company", missing);
  }
  // Making an archived one brings it back, but as what it was or as what was asked for, HubSpot does not say.
  if (archived.length > 0) difference = compareProperties(wanted, await hubspot.readPropertyDefinitions("company"));

  const stillArchived = difference.archived.filter((name) => archived.includes(name));
  const drifted = [
    ...difference.drifted,
    ...stillArchived.map((name) => ({ name, expected: "a property in use", found: "an archived one" })),
  ];
  for (const { name, options } of difference.lacking) await hubspot.addOptions("company", name, options);
  return {
    created: missing.map(({ name }) => name).filter((name) => !stillArchived.includes(name)),
    extended: difference.lacking.map(({ name, options }) => ({ name, options: options.map(({ value }) => value) })),
    drifted,
    hasTaskKey: await ensureTaskKey(hubspot, ruleset.language),
  };
}

/** The company properties that a ruleset writes, as they must be in the portal. */
export function ourProperties({ scores, language }: Ruleset): NewProperty[] {
  return scores.flatMap((rules) => defineProperties(rules, language, PROPERTY_GROUP));
}

function groupIn(language: Language): { name: string; label: string } {
  return { name: PROPERTY_GROUP, label: propertyWords[language].group };
}

async function ensureTaskKey(hubspot: HubSpotPort, language: Language): Promise<boolean> {
  try {
    const existing = await hubspot.readPropertyDefinitions("task");
    if (existing.some(({ name, archived }) => name === TASK_KEY_PROPERTY && !archived)) return true;
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
