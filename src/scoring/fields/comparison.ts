import { instantOfText } from "../time/calendar.ts";
import type { FieldValue } from "./derived-fields.ts";
import { numberOf } from "./field-reader.ts";
import type { Comparison, PointInTime } from "../ruleset/field-test.ts";
import type { Moment } from "../time/moment.ts";

const HOUR_MS = 3_600_000;

export type Predicate = (value: FieldValue, moment: Moment) => boolean;

/**
 * A comparison as a function. An unknown value (null) passes no test but `unknown`. `is` compares text as written
 * (HubSpot's internal values); `over` and `under` are strict, `at_least` and `at_most` are not; `within` holds for an
 * instant on one of the so many calendar days before today, or on today (or in the last so many hours), never for the
 * future, and `within_next` for one on today or the so many days after it (or in the next so many hours).
 */
export function compileComparison(comparison: Comparison): Predicate {
  switch (comparison.kind) {
    case "known":
      return (value) => value !== null;
    case "unknown":
      return (value) => value === null;
    case "is": {
      const values = new Set(comparison.values);
      return (value) => value !== null && values.has(String(value));
    }
    case "not": {
      const values = new Set(comparison.values);
      return (value) => value !== null && !values.has(String(value));
    }
    case "contains":
      return contains(comparison.values);
    case "within":
      return within(comparison);
    case "within_next":
      return withinNext(comparison);
    case "before":
    case "after":
      return besideDay(comparison);
    case "between": {
      const { from, to } = comparison;
      return ofNumber((number) => number >= from && number <= to);
    }
    default:
      return ordered(comparison);
  }
}

function ordered({ kind, than }: Extract<Comparison, { than: number }>): Predicate {
  switch (kind) {
    case "over":
      return ofNumber((number) => number > than);
    case "under":
      return ofNumber((number) => number < than);
    case "at_least":
      return ofNumber((number) => number >= than);
    case "at_most":
      return ofNumber((number) => number <= than);
  }
}

function ofNumber(holds: (number: number) => boolean): Predicate {
  return (value) => {
    const number = numberOf(value);
    return number !== null && holds(number);
  };
}

/** Letters with their marks, digits and the underscore make a word; what else stands beside it ends it. */
const WORD = String.raw`[\p{L}\p{M}\p{N}_]`;

function contains(values: readonly string[]): Predicate {
  const words = values.map(normalised).filter((word) => word !== "");
  if (words.length === 0) return () => false;
  const either = words.map((word) => word.replace(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`)).join("|");
  const pattern = new RegExp(`(?<!${WORD})(?:${either})(?!${WORD})`, "iu");
  return (value) => value !== null && pattern.test(normalised(String(value)));
}

/** One form for letters that can be written in two ways, and one space for every gap. */
function normalised(text: string): string {
  return text.normalize("NFC").trim().replace(/\s+/g, " ");
}

function within({ last }: Extract<Comparison, { kind: "within" }>): Predicate {
  if (last.unit === "h") {
    const lengthMs = last.amount * HOUR_MS;
    return ofInstant((instant, { instantMs }) => instant <= instantMs && instantMs - instant <= lengthMs);
  }
  return ofDay((day, { calendar, today }) => day <= today && day >= calendar.daysBefore(today, last));
}

function withinNext({ next }: Extract<Comparison, { kind: "within_next" }>): Predicate {
  if (next.unit === "h") {
    const lengthMs = next.amount * HOUR_MS;
    return ofInstant((instant, { instantMs }) => instant >= instantMs && instant - instantMs <= lengthMs);
  }
  return ofDay((day, { calendar, today }) => day >= today && day <= calendar.daysAfter(today, next));
}

function besideDay({ kind, day: point }: Extract<Comparison, { kind: "before" | "after" }>): Predicate {
  return ofDay((day, moment) => {
    const other = dayOfPoint(point, moment);
    return other !== null && (kind === "before" ? day < other : day > other);
  });
}

function dayOfPoint(point: PointInTime, { calendar, today }: Moment): number | null {
  switch (point.kind) {
    case "date":
      return calendar.dayOfText(point.date);
    case "today":
      return today;
    case "ago":
      return calendar.daysBefore(today, point.by);
    case "ahead":
      return calendar.daysAfter(today, point.by);
  }
}

function ofDay(holds: (day: number, moment: Moment) => boolean): Predicate {
  return (value, moment) => {
    const day = typeof value === "string" ? moment.calendar.dayOfText(value) : null;
    return day !== null && holds(day, moment);
  };
}

function ofInstant(holds: (instant: number, moment: Moment) => boolean): Predicate {
  return (value, moment) => {
    const instant = typeof value === "string" ? instantOfText(value) : null;
    return instant !== null && holds(instant, moment);
  };
}
