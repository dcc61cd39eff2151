import type { FieldValue } from "../fields/derived-fields.ts";
import type { Observation, WhyUnknown } from "./snapshot.ts";

/** A field's value as an observation; a blank one is unknown. */
export function observe(value: FieldValue): Observation {
  return value === null ? unknown("blank") : { known: true, value, since: null };
}

/**
 * A number that was worked out. Beyond what a number can hold it is none, and 0 has no sign: a stored score could give
 * neither back.
 */
export function observeNumber(number: number): Observation {
  return Number.isFinite(number) ? { known: true, value: number + 0, since: null } : unknown("not_a_number");
}

export function unknown(why: WhyUnknown): Observation {
  return { known: false, why };
}
