import { daysOfDuration, type Duration } from "../time/duration.ts";
import type { PropertyValues, Source } from "../facts.ts";
import { compileField } from "../fields/field-reader.ts";
import type { Moment } from "../time/moment.ts";
import type { Decay } from "../ruleset/signal.ts";

export type WeightReader = (record: PropertyValues, moment: Moment) => number | null;

/**
 * How much a record counts: 1 without decay, else by the age of the date in `by` in calendar days, where today and the
 * future are of age 0. Null for a record without that date: it is left out.
 */
export function compileWeight(source: Source, decay: Decay | null): WeightReader {
  if (decay === null) return () => 1;
  const readDate = compileField(source, decay.by);
  return (record, moment) => {
    const date = readDate(record, moment);
    const day = typeof date === "string" ? moment.calendar.dayOfText(date) : null;
    return day === null ? null : decayedWeight(Math.max(0, moment.today - day), decay.halfLife);
  };
}

/** 0.5^(age / half-life): 1 at age 0, a half after each half-life. */
export function decayedWeight(ageDays: number, halfLife: Duration): number {
  return 0.5 ** (ageDays / daysOfDuration(halfLife));
}
