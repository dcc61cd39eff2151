import { normaliseValue } from "../portal/normalise-value.ts";
import type { ObjectType } from "../portal/object-types.ts";
import type { PropertyDefinition } from "../portal/property-definition.ts";
import type { Portal } from "../portal/portal.ts";
import { readValue } from "../portal/read-value.ts";
import type { PortalRecord } from "../portal/record-store.ts";
import { validationError } from "./api-error.ts";

/** Numbers and instants as numbers, the rest as lower-case text. */
export type ComparableValue = string | number;

/** How to get at a property of a record for comparing; null where it has no value. */
export function comparable(
  portal: Portal,
  type: ObjectType,
  name: string,
): (record: PortalRecord) => ComparableValue | null {
  const definition = definitionOf(portal, type, name);
  if (name === type.createdProperty) return (record) => record.createdAt;
  if (name === type.modifiedProperty) return (record) => record.updatedAt;
  return (record) => {
    const value = readValue(portal, record, name);
    return value === null ? null : toComparable(definition, value);
  };
}

/** A filter's operand in the same form. Instants and dates are taken as milliseconds or ISO. */
export function parseOperand(portal: Portal, type: ObjectType, name: string, text: string): ComparableValue {
  const definition = definitionOf(portal, type, name);
  if (!["number", "date", "datetime"].includes(definition.type)) return text.toLowerCase();
  const normalised = normaliseValue(
    { ...definition, type: definition.type === "date" ? "datetime" : definition.type },
    text,
  );
  if ("code" in normalised || normalised.value === null)
    throw validationError(`${name} cannot be compared with "${text}"`);
  return toComparable(definition, normalised.value);
}

function toComparable(definition: PropertyDefinition, value: string): ComparableValue {
  switch (definition.type) {
    case "number":
      return Number(value);
    case "date":
    case "datetime":
      return Date.parse(value);
    default:
      return value.toLowerCase();
  }
}

function definitionOf(portal: Portal, type: ObjectType, name: string): PropertyDefinition {
  const definition = portal.properties.find(type, name);
  if (!definition) throw validationError(`Property "${name}" does not exist`);
  return definition;
}
