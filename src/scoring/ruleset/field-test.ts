import type { Duration } from "../time/duration.ts";

/** All tests must hold. An unknown value passes no test but `unknown`. */
export type Condition = readonly FieldTest[];
/** `field` is a field of a record, or, over a snapshot, the name of a signal, of a built-in or of a score. */
export type FieldTest = { field: string; test: Comparison };

export type Comparison =
  /** Text as written: HubSpot's internal values, ids, options. */
  | { kind: "is" | "not"; values: readonly string[] }
  /** One of these as whole words of the text, whatever their case: an option of a multi-select is one too. */
  | { kind: "contains"; values: readonly string[] }
  /** `over` and `under` are strict, `at_least` and `at_most` are not. */
  | { kind: "over" | "under" | "at_least" | "at_most"; than: number }
  /** Both ends count. */
  | { kind: "between"; from: number; to: number }
  /** A date of the last so many days (today among them), or of the next. */
  | { kind: "within"; last: Duration }
  | { kind: "within_next"; next: Duration }
  /** Strictly before or after a day. */
  | { kind: "before" | "after"; day: PointInTime }
  | { kind: "known" | "unknown" };

/** `2026-10-03`, `today`, `30d ago` or `in 30d`. */
export type PointInTime = { kind: "date"; date: string } | { kind: "today" } | { kind: "ago" | "ahead"; by: Duration };
