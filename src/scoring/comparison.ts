import { instantOfText } from "./calendar.ts";
import type { FieldValue } from "./derived-fields.ts";
import { numberOf } from "./field-reader.ts";
import type { Moment } from "./moment.ts";
import type { Comparison } from "./ruleset.ts";

const HOUR_MS = 3_600_000;

export type Predicate = (value: FieldValue, moment: Moment) => boolean;

/**
 * A comparison as a function. An unknown value (null) passes no test but `unknown`. `is` compares text as written
 * (HubSpot's internal values); `over` and `under` are strict, `at_least` and `at_most` are not; `within` holds for an
 * instant on one of the so many calendar days before today, or on today (or in the last so many hours), never for the
 * future.
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
    case "within":
      return within(comparison.last);
    default:
      return ordered(comparison.kind, comparison.than);
  }
}

function ordered(kind: "over" | "under" | "at_least" | "at_most", than: number): Predicate {
  const holds = {
    over: (number: number) => number > than,
    under: (number: number) => number < than,
    at_least: (number: number) => number >= than,
    at_most: (number: number) => number <= than,
  }[kind];
  return (value) => {
    const number = numberOf(value);
    return number !== null && holds(number);
  };
}

function within(last: Extract<Comparison, { kind: "within" }>["last"]): Predicate {
  if (last.unit === "h") {
    const lengthMs = last.amount * HOUR_MS;
    return (value, { instantMs }) => {
      const instant = typeof value === "string" ? instantOfText(value) : null;
      return instant !== null && instant <= instantMs && instantMs - instant <= lengthMs;
    };
  }
  return (value, { calendar, today }) => {
    const day = typeof value === "string" ? calendar.dayOfText(value) : null;
    return day !== null && day <= today && day >= calendar.daysBefore(today, last);
  };
}
