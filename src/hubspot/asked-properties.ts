import type { RecordType } from "../pipeline/hubspot-port.ts";

/** Of a company that came of a merge: the ids that it had before, as `1;2`. */
export const MERGED_IDS = "hs_merged_object_ids";

/** The properties to ask HubSpot for so that a record of this type can be told with these. */
export function askedProperties(type: RecordType, properties: readonly string[]): string[] {
  return type === "company" ? [...new Set([...properties, MERGED_IDS])] : [...properties];
}
