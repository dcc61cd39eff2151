import { isoDateOfDay } from "../time/calendar.ts";
import { compileField } from "../fields/field-reader.ts";
import { unknown } from "./observe.ts";
import { compilePassingRecords } from "./passing-records.ts";
import type { SignalReader } from "./signal-reader.ts";
import type { SignalSource } from "../ruleset/signal.ts";
import type { Observation } from "./snapshot.ts";

type DaysSource = Extract<SignalSource, { kind: "days_since" | "days_until" }>;

/**
 * Calendar days since or until a date. Of the company it is the one date, and the count is negative on its other side;
 * of records it is the latest date up to today, or the next from today on.
 */
export function readDays(signal: DaysSource): SignalReader {
  const { kind, field } = signal;
  const read = compileField(signal.of, field);
  if (signal.of === "company") {
    return ({ company }, moment) => {
      const text = read(company, moment);
      if (text === null) return unknown("blank");
      const day = moment.calendar.dayOfText(String(text));
      return day === null ? unknown("not_a_date") : countDays(kind, day, moment.today);
    };
  }
  const recordsOf = compilePassingRecords(signal);
  return (facts, moment) => {
    const { calendar, today } = moment;
    const records = recordsOf(facts, moment);
    if (!records) return unknown("unreadable");
    let nearest: number | null = null;
    for (const record of records) {
      const text = read(record, moment);
      const day = typeof text === "string" ? calendar.dayOfText(text) : null;
      if (day === null || (kind === "days_since" ? day > today : day < today)) continue;
      if (nearest === null || Math.abs(day - today) < Math.abs(nearest - today)) nearest = day;
    }
    return nearest === null ? unknown("none") : countDays(kind, nearest, today);
  };
}

function countDays(kind: DaysSource["kind"], day: number, today: number): Observation {
  const date = isoDateOfDay(day);
  return kind === "days_since"
    ? { known: true, value: today - day, since: date }
    : { known: true, value: day - today, since: null, until: date };
}
