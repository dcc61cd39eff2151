import type { Duration } from "../time/duration.ts";
import type { Source } from "../facts.ts";
import type { Condition } from "./field-test.ts";

/** One observed fact of a company. `unit` goes behind the value in words. */
export type Signal = { name: string; label: string; unit: string | null } & SignalSource;

/**
 * What a signal is read from. A `field` is a property, a derived field (`derived-fields.ts`), `property.<name>` for a
 * real property of a derived field's name, or `days_between(<date>, <date>)` of one record.
 */
export type SignalSource =
  /** A field of the company. With `expires` it is unknown once its age, by the date in `by` or by its history, is over that. */
  | { kind: "value"; property: string; by: string | null; expires: Duration | null }
  /** Days since the latest date, or until the next one that is not past; of the company there is but one. */
  | ({ kind: "days_since" | "days_until"; field: string } & (OfCompany | OfRecords))
  /** How many options of a multi-select of the company are chosen. */
  | { kind: "options"; property: string }
  | ({ kind: "count"; decay: Decay | null } & OfRecords)
  /** Whether there is any. */
  | ({ kind: "exists" } & OfRecords)
  /** The records that pass `matching` of those that pass `where`, in percent; unknown where there is none. */
  | ({ kind: "share"; matching: Condition } & OfRecords)
  | ({
      kind: Aggregate;
      field: string;
      /** The value where no record passes; null where that is unknown. */
      whenNone: number | null;
      /** Amounts are turned into this currency by `Ruleset.rates`; null: they must all be of one currency. */
      currency: string | null;
      decay: Decay | null;
    } & OfRecords)
  | ({ kind: "latest"; field: string; by: string; expires: Duration | null } & OfRecords)
  /** A company property against what it was so long ago. */
  | { kind: "change"; property: string; over: Duration; as: ChangeUnit }
  /**
   * The slope of a company property over the last so long, per 30 days, in its own unit or in percent of its mean; with
   * `halfLife` the recent days weigh more.
   */
  | { kind: "trend"; property: string; over: Duration; as: ChangeUnit; halfLife: Duration | null }
  /** One signal by another; unknown where either is, or the second is 0. */
  | { kind: "ratio"; of: readonly [string, string]; as: "number" | "percent" }
  /** Signals and numbers multiplied. */
  | { kind: "product"; of: readonly (string | number)[] };

type OfCompany = { of: "company" };
type OfRecords = {
  of: Source;
  /** `primary`: each record counts once, at the company it belongs to; `all`: at every company it is linked to. */
  links: "primary" | "all";
  where: Condition;
};
/** Each record counts half after each half-life, by its age on the date in `by`. */
export type Decay = { by: string; halfLife: Duration };
export type ChangeUnit = "difference" | "percent";

export const aggregates = ["sum", "mean", "median", "min", "max"] as const;
export type Aggregate = (typeof aggregates)[number];

/** Signals that there are without being named in the file: days since `customers.since`, days until `customers.renewal`. */
export const builtInSignals = ["tenure_days", "days_to_renewal"] as const;
