import { derivedNamesOf } from "../scoring/fields/derived-fields.ts";
import type { Source } from "../scoring/facts.ts";
import { sayNearest } from "../scoring/ruleset/nearest-name.ts";
import type { PersonUse, PropertyUse, UsePlace } from "../scoring/ruleset/property-use.ts";
import { checkUse } from "./check-property-use.ts";
import type { Owner, PropertyDefinition, RecordType } from "./hubspot-port.ts";
import { sourceOfType } from "./record-sources.ts";
import { childTypes } from "./store-port.ts";

/** Something in a rule file that does not fit the portal. */
export type PortalProblem = UsePlace & { message: string };
/** The properties of each record type; a type that may not be read is absent, and nothing is said about it. */
export type DefinitionsByType = ReadonlyMap<RecordType, readonly PropertyDefinition[]>;
/** The users whom a rule file names, and those of the portal. */
export type NamedOwners = { named: readonly PersonUse[]; owners: readonly Owner[] };

/** The record type that a source of rules is read from. */
export function recordTypeOf(source: "company" | Source): RecordType {
  return childTypes.find((type) => sourceOfType[type] === source) ?? "company";
}

/**
 * What a rule file names that the portal does not have, or has as something else: properties, their types and options,
 * users. Archived ones count as missing. In the order of the file; each thing once per place.
 */
export function checkRulesAgainstPortal(
  uses: readonly PropertyUse[],
  definitionsByType: DefinitionsByType,
  people?: NamedOwners,
): PortalProblem[] {
  const living = new Map(
    [...definitionsByType].map(([type, definitions]) => [
      type,
      new Map(definitions.filter(({ archived }) => !archived).map((definition) => [definition.name, definition])),
    ]),
  );
  const missing = new Set<string>();
  const problems = uses.flatMap((use): PortalProblem[] => {
    const { source, property, place } = use;
    const known = living.get(recordTypeOf(source));
    if (!known) return [];
    const definition = known.get(property);
    if (definition) return checkUse(use, definition);
    if (use.isEcho) return [];
    const key = JSON.stringify([source, property, place]);
    if (missing.has(key)) return [];
    missing.add(key);
    const names = [...known.keys(), ...(source === "company" ? [] : derivedNamesOf(source))];
    const what = source === "company" ? "company property" : `property of ${source}`;
    return [
      {
        ...place,
        message: `the portal has no ${what} called ${JSON.stringify(property)}${sayNearest(property, names)}`,
      },
    ];
  });
  return [...problems, ...(people ? checkPeople(people) : [])].toSorted(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

function checkPeople({ named, owners }: NamedOwners): PortalProblem[] {
  const emails = owners.filter(({ archived }) => !archived).map(({ email }) => email.toLowerCase());
  return named.flatMap(({ email, place }) => {
    if (emails.includes(email.toLowerCase())) return [];
    return [{ ...place, message: `no user of the portal has the address ${email}${sayNearest(email, emails)}` }];
  });
}
