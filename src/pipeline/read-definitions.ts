import { HubSpotForbidden } from "./hubspot-errors.ts";
import type { HubSpotPort, PropertyDefinition, RecordType } from "./hubspot-port.ts";

export type ReadDefinitions = {
  definitions: ReadonlyMap<RecordType, readonly PropertyDefinition[]>;
  /** The types whose properties the token may not read; they are absent from `definitions`. */
  forbidden: RecordType[];
};

/** Reads the properties of record types, two calls for each. Throws the errors of the port but for what is forbidden. */
export async function readDefinitions(
  hubspot: Pick<HubSpotPort, "readPropertyDefinitions">,
  types: Iterable<RecordType>,
): Promise<ReadDefinitions> {
  const definitions = new Map<RecordType, PropertyDefinition[]>();
  const forbidden: RecordType[] = [];
  for (const type of new Set(types)) {
    try {
      definitions.set(type, await hubspot.readPropertyDefinitions(type));
    } catch (error) {
      if (!(error instanceof HubSpotForbidden)) throw error;
      forbidden.push(type);
    }
  }
  return { definitions, forbidden };
}

/** By type, the names of the properties that HubSpot works out itself. */
export function calculatedOf({ definitions }: Pick<ReadDefinitions, "definitions">): Record<string, string[]> {
  return Object.fromEntries(
    [...definitions].map(([type, ofType]) => [
      type,
      ofType.filter(({ calculated, archived }) => calculated && !archived).map(({ name }) => name),
    ]),
  );
}
