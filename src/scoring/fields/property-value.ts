import type { PropertyValues } from "../facts.ts";

/** A property of a record; null where it is blank or not there, also under a name that every object has. */
export function propertyValue(record: PropertyValues, property: string): string | null {
  const value = Object.hasOwn(record, property) ? record[property] : null;
  return value === undefined || value === "" ? null : value;
}
