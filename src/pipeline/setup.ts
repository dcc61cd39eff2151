import type { Ruleset, ScoreRules } from "../scoring/ruleset.ts";
import { scorePropertiesOf } from "../scoring/written-properties.ts";
import { HubSpotForbidden } from "./hubspot-errors.ts";
import type { HubSpotPort, NewProperty, PropertyDefinition, RecordType } from "./hubspot-port.ts";

/** The group of our company properties, and of the key on tasks. */
export const PROPERTY_GROUP = { name: "customer_health", label: "Customer health" };
/** The task property that carries our key; without it the key stands in the body's last line. */
export const TASK_KEY_PROPERTY = "chs_key";

export type SetupOutcome = {
  created: string[];
  /** Properties of our names that mean something else, or lack a band: HubSpot would refuse our values. */
  drifted: { name: string; expected: string; found: string }[];
  /** False where the token may not make task properties. */
  hasTaskKey: boolean;
};

/** Makes the company properties that the rules write, where they are missing. Running it again changes nothing. */
export async function setUpPortal(hubspot: HubSpotPort, ruleset: Ruleset): Promise<SetupOutcome> {
  const wanted = ruleset.scores.flatMap(definitionsOf);
  const existing = new Map((await readStanding(hubspot, "company")).map((found) => [found.name, found]));
  const missing = wanted.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) {
    await hubspot.ensurePropertyGroup("company", PROPERTY_GROUP);
    await hubspot.createProperties("company", missing);
  }
  const drifted = wanted.flatMap(({ name, type, options = [] }) => {
    const found = existing.get(name);
    if (!found) return [];
    if (found.type !== type) return [{ name, expected: `type ${type}`, found: `type ${found.type}` }];
    const lacking = options.map(({ value }) => value).filter((value) => !found.options.includes(value));
    if (lacking.length === 0) return [];
    return [{ name, expected: `options ${lacking.join(", ")}`, found: `options ${found.options.join(", ")}` }];
  });
  return { created: missing.map(({ name }) => name), drifted, hasTaskKey: await ensureTaskKey(hubspot) };
}

/** An archived property takes no values, and making one of its name brings it back. */
async function readStanding(hubspot: HubSpotPort, type: RecordType): Promise<PropertyDefinition[]> {
  return (await hubspot.readPropertyDefinitions(type)).filter(({ archived }) => !archived);
}

async function ensureTaskKey(hubspot: HubSpotPort): Promise<boolean> {
  try {
    const existing = await readStanding(hubspot, "task");
    if (existing.some(({ name }) => name === TASK_KEY_PROPERTY)) return true;
    await hubspot.ensurePropertyGroup("task", PROPERTY_GROUP);
    await hubspot.createProperties("task", [
      {
        name: TASK_KEY_PROPERTY,
        label: "Customer health key",
        description: "Tells this task from every other, so that it is never made twice. Leave it as it is.",
        groupName: PROPERTY_GROUP.name,
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

function definitionsOf(rules: ScoreRules): NewProperty[] {
  const names = scorePropertiesOf(rules);
  const base = { groupName: PROPERTY_GROUP.name };
  const number = { ...base, type: "number", fieldType: "number" } as const;
  const bands = [...rules.bands.map(({ name: value, label }) => ({ value, label })), ...SPECIAL_BANDS];
  return [
    { ...number, name: names.value, label: `${rules.label}: score`, description: "0 to 100; 100 is healthiest." },
    {
      ...base,
      name: names.band,
      label: `${rules.label}: band`,
      description: "Unknown: too little is known for a score.",
      type: "enumeration",
      fieldType: "select",
      options: bands,
    },
    {
      ...number,
      name: names.coverage,
      label: `${rules.label}: coverage`,
      description: "Percent of the rules' weight that was known.",
    },
    {
      ...base,
      name: names.reasons,
      label: `${rules.label}: reasons`,
      description: "What takes the most from the score.",
      type: "string",
      fieldType: "textarea",
    },
    { ...number, name: names.change, label: `${rules.label}: change in 30 days`, description: "Points." },
    {
      ...base,
      name: names.scoredAt,
      label: `${rules.label}: scored at`,
      description: "When these values were decided.",
      type: "datetime",
      fieldType: "date",
    },
    ...rules.dimensions.map(({ label }, index) => ({
      ...number,
      name: names.dimensions[index] ?? "",
      label: `${rules.label}: ${label}`,
      description: "0 to 100; 100 is healthiest.",
    })),
  ];
}

const SPECIAL_BANDS = [
  { value: "unknown", label: "Unknown" },
  { value: "churned", label: "Churned" },
];
