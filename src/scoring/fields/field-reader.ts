import { derivedFieldOf, PROPERTY_PREFIX, type FieldValue } from "./derived-fields.ts";
import type { PropertyValues, Source } from "../facts.ts";
import type { Moment } from "../time/moment.ts";
import { propertyValue } from "./property-value.ts";

export type FieldReader = (record: PropertyValues, moment: Moment) => FieldValue;

/** How a field of a source is read; a blank value is unknown, so it is null. */
export function compileField(source: Source | "company", field: string): FieldReader {
  const derived = derivedFieldOf(source, field);
  if (derived) return derived.read;
  const property = field.startsWith(PROPERTY_PREFIX) ? field.slice(PROPERTY_PREFIX.length) : field;
  return (record) => propertyValue(record, property);
}

/** The number in a field's value, or null where it holds none. */
export function numberOf(value: FieldValue): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
