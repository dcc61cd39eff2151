import type { ObjectType } from "../object-types.ts";
import { type PropertyDefinition, readOnly } from "../property-definition.ts";

/** What every record has and HubSpot alone maintains. */
export function systemProperties(type: ObjectType): PropertyDefinition[] {
  return [
    ...readOnly("number", "hs_object_id"),
    ...readOnly("datetime", type.createdProperty, type.modifiedProperty),
    ...readOnly("string", "hs_object_source", "hs_object_source_id", "hs_object_source_label"),
    ...readOnly("enumeration", "hs_merged_object_ids").map((merged) => ({ ...merged, fieldType: "checkbox" })),
  ];
}
