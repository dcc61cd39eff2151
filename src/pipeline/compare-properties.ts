import type { NewProperty, PropertyDefinition, PropertyOption } from "./hubspot-port.ts";

/** A property of our name that means something else than it must: HubSpot may refuse our values. */
export type Drift = { name: string; expected: string; found: string };
/** How the portal's properties differ from those that are wanted. */
export type PropertyDifference = {
  /** Not there, or archived: an archived property takes no values. */
  missing: NewProperty[];
  /** The names of those in `missing` that are archived. */
  archived: string[];
  lacking: { name: string; options: PropertyOption[] }[];
  drifted: Drift[];
};

/** Compares wanted properties with those of the portal. Of one that drifted, options are not compared. */
export function compareProperties(
  wanted: readonly NewProperty[],
  definitions: readonly PropertyDefinition[],
): PropertyDifference {
  const standing = new Map(definitions.map((definition) => [definition.name, definition]));
  const difference: PropertyDifference = { missing: [], archived: [], lacking: [], drifted: [] };
  for (const property of wanted) {
    const { name, options = [] } = property;
    const found = standing.get(name);
    if (!found || found.archived) {
      difference.missing.push(property);
      if (found) difference.archived.push(name);
      continue;
    }
    const drift = findDrift(property, found);
    if (drift) {
      difference.drifted.push({ name, ...drift });
      continue;
    }
    const lacking = options.filter(({ value }) => !found.options.includes(value));
    if (lacking.length > 0) difference.lacking.push({ name, options: lacking });
  }
  return difference;
}

function findDrift(wanted: NewProperty, found: PropertyDefinition): Omit<Drift, "name"> | null {
  if (found.type !== wanted.type) return { expected: `type ${wanted.type}`, found: `type ${found.type}` };
  if (found.calculated) return { expected: "values that an app may write", found: "values that HubSpot calculates" };
  if (found.fieldType === wanted.fieldType) return null;
  return { expected: `field type ${wanted.fieldType}`, found: `field type ${found.fieldType}` };
}
