import { normaliseValue } from "./normalise-value.ts";
import type { ObjectType } from "./object-types.ts";
import type { Portal } from "./portal.ts";

/** Normalised values by property name; null clears. */
export type PropertyValues = Record<string, string | null>;

export type InvalidProperty = { name: string; code: string; message: string };

/** Checks what a client wants written; every refused property is listed, as HubSpot lists them. */
export function checkProperties(
  portal: Portal,
  type: ObjectType,
  written: Record<string, unknown>,
): { values: PropertyValues; invalid: InvalidProperty[] } {
  const values: PropertyValues = {};
  const invalid: InvalidProperty[] = [];
  for (const [name, raw] of Object.entries(written)) {
    const outcome = checkProperty(portal, type, name, raw);
    if ("code" in outcome) invalid.push({ name, ...outcome });
    else values[name] = outcome.value;
  }
  return { values, invalid };
}

function checkProperty(portal: Portal, type: ObjectType, name: string, raw: unknown) {
  const definition = portal.properties.find(type, name);
  if (!definition) return { code: "PROPERTY_DOESNT_EXIST", message: `Property "${name}" does not exist` };
  if (definition.modificationMetadata.readOnlyValue)
    return { code: "READ_ONLY_VALUE", message: `"${name}" is a read only property; its value cannot be set.` };
  const outcome = normaliseValue(definition, raw);
  const isOwner = definition.referencedObjectType === "OWNER";
  if (isOwner && "value" in outcome && outcome.value !== null && !portal.owners.some(({ id }) => id === outcome.value))
    return { code: "INVALID_OWNER_ID", message: `Owner ${outcome.value} does not exist` };
  return outcome;
}
