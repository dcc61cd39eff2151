import { instantOfText, isoDateOfDay } from "./calendar.ts";
import { compileRecordCondition } from "./condition.ts";
import { derivedFieldOf, type FieldValue } from "./derived-fields.ts";
import type { Facts } from "./facts.ts";
import { compileField, numberOf } from "./field-reader.ts";
import { foldNumbers } from "./fold-numbers.ts";
import type { Moment } from "./moment.ts";
import type { Aggregate, Signal } from "./ruleset.ts";
import type { Observation } from "./snapshot.ts";

export type SignalReader = (facts: Facts, moment: Moment) => Observation;

type Of<Kind> = Extract<Signal, { kind: Kind }>;

/** How a signal is observed in the facts of a company. */
export function compileSignal(signal: Signal): SignalReader {
  switch (signal.kind) {
    case "value":
      return readValue(signal);
    case "days_since":
      return readDaysSince(signal);
    case "count":
      return readCount(signal);
    case "latest":
      return readLatest(signal);
    default:
      return readAggregate(signal);
  }
}

function readValue({ property }: Of<"value">): SignalReader {
  const read = compileField("company", property);
  return ({ company }, moment) => observe(read(company, moment));
}

function readDaysSince({ property }: Of<"days_since">): SignalReader {
  const read = compileField("company", property);
  return ({ company }, moment) => {
    const { calendar, today } = moment;
    const text = read(company, moment);
    if (text === null) return { known: false, why: "blank" };
    const day = calendar.dayOfText(String(text));
    return day === null
      ? { known: false, why: "not_a_date" }
      : { known: true, value: today - day, since: isoDateOfDay(day) };
  };
}

function readCount({ of, where }: Of<"count">): SignalReader {
  const passes = compileRecordCondition(of, where);
  return (facts, moment) => {
    const records = facts[of];
    if (!records) return { known: false, why: "unreadable" };
    let count = 0;
    for (const record of records) if (passes(record, moment)) count += 1;
    return { known: true, value: count, since: null };
  };
}

function readAggregate(signal: Of<Aggregate>): SignalReader {
  const { kind, of, field, where, whenNone } = signal;
  const passes = compileRecordCondition(of, where);
  const read = compileField(of, field);
  const countsUp = derivedFieldOf(of, field)?.countsUp === true;
  return (facts, moment) => {
    const records = facts[of];
    if (!records) return { known: false, why: "unreadable" };
    const numbers: number[] = [];
    for (const record of records) {
      if (!passes(record, moment)) continue;
      const number = numberOf(read(record, moment));
      if (number !== null) numbers.push(number);
    }
    if (numbers.length === 0) {
      return whenNone === null ? { known: false, why: "none" } : { known: true, value: whenNone, since: null };
    }
    const value = foldNumbers(kind, numbers);
    return { known: true, value, since: countsUp && value > 0 ? isoDateOfDay(moment.today - value) : null };
  };
}

function readLatest({ of, field, by, where, expires }: Of<"latest">): SignalReader {
  const passes = compileRecordCondition(of, where);
  const read = compileField(of, field);
  const readDate = compileField(of, by);
  return (facts, moment) => {
    const records = facts[of];
    if (!records) return { known: false, why: "unreadable" };
    const { calendar, today } = moment;
    let latest: { instant: number; date: string; value: FieldValue } | null = null;
    for (const record of records) {
      const date = readDate(record, moment);
      const value = read(record, moment);
      if (typeof date !== "string" || value === null || !passes(record, moment)) continue;
      const instant = instantOfText(date);
      if (instant === null) continue;
      // Between two of the same instant the order of the records, which HubSpot may change, decides nothing.
      const isLater =
        !latest || instant > latest.instant || (instant === latest.instant && String(value) < String(latest.value));
      if (isLater) latest = { instant, date, value };
    }
    if (!latest) return { known: false, why: "none" };
    const day = calendar.dayOfText(latest.date);
    if (expires && day !== null && day < calendar.daysBefore(today, expires)) return { known: false, why: "expired" };
    return observe(latest.value);
  };
}

function observe(value: FieldValue): Observation {
  return value === null ? { known: false, why: "blank" } : { known: true, value, since: null };
}
