import type { Duration } from "./duration.ts";
import type { Source } from "./facts.ts";

/**
 * The whole rule file, checked and ready to be compiled: plain data. Words:
 *
 * - signal: one observed fact of a company. - grade: its value on 0..100, 100 always healthiest.
 * - rule: a signal, its grade and its weight. - dimension: a weighted group of rules.
 * - adjustment: signed points after the weighted mean. - limit: a cap or floor that a critical fact sets.
 * - band: a named range of the score. - play: what a transition between bands calls for.
 */
export type Ruleset = {
  /** Of the file's text: two files with the same hash give the same scores. */
  hash: string;
  name: string;
  language: Language;
  timezone: string;
  /** Begins the name of every property that is written. */
  prefix: string;
  customers: {
    where: Condition;
    /** A company for which this holds has left: it is no longer scored. */
    churned: Condition | null;
    value: string | null;
    renewal: string | null;
  };
  fallbackOwner: string | null;
  signals: Signal[];
  scores: ScoreRules[];
  plays: Play[];
};

export type Language = "nb" | "da" | "en";

/** All tests must hold. An unknown value passes no test but `unknown`. */
export type Condition = readonly FieldTest[];
export type FieldTest = { field: string; test: Comparison };
export type Comparison =
  | { kind: "is"; values: readonly string[] }
  | { kind: "not"; values: readonly string[] }
  | { kind: "over" | "under" | "at_least" | "at_most"; than: number }
  | { kind: "within"; last: Duration }
  | { kind: "known" | "unknown" };

export type Signal = { name: string; label: string } & SignalSource;
export type SignalSource =
  | { kind: "value"; property: string }
  | { kind: "days_since"; property: string }
  | { kind: "count"; of: Source; where: Condition }
  | {
      kind: Aggregate;
      of: Source;
      field: string;
      where: Condition;
      /** The value where no record passes; null where that is unknown. */
      whenNone: number | null;
    }
  | { kind: "latest"; of: Source; field: string; by: string; where: Condition; expires: Duration | null };
export const aggregates = ["sum", "mean", "median", "min", "max"] as const;
export type Aggregate = (typeof aggregates)[number];

export type Grade =
  /** Straight lines between points in ascending order; the ends go on level. */
  | { kind: "line"; points: readonly GradePoint[] }
  /** The grade of the greatest point that is at most the value; below the first point, the first point's. */
  | { kind: "steps"; points: readonly GradePoint[] }
  | { kind: "match"; grades: ReadonlyMap<string, number> };
export type GradePoint = { at: number; grade: number };

export type ScoreRules = {
  name: string;
  label: string;
  property: string;
  /** 0..1; below it the score is null and the band `unknown`. */
  minimumCoverage: number;
  dimensions: readonly Dimension[];
  adjustments: readonly { label: string; points: number; when: Condition }[];
  limits: readonly { label: string; kind: "cap" | "floor"; at: number; when: Condition }[];
  /** From the worst to the best; `below` is strict and null for the last. */
  bands: readonly Band[];
};
export type Dimension = { name: string; label: string; weight: number; rules: readonly Rule[] };
export type Rule = { signal: string; label: string; weight: number; grade: Grade };
export type Band = { name: string; label: string; below: number | null; colour: BandColour };
export type BandColour = "red" | "yellow" | "green" | "blue" | "grey";

/** The bands that no rule file may name, because they mean that there is no score. */
export const reservedBands = ["unknown", "churned"] as const;

export type Play = {
  name: string;
  /** The name in keys: lower-case letters, digits and hyphens, unique in the file. */
  slug: string;
  when: { score: string; enters: string };
  task: {
    subject: string;
    body: string;
    /** The company's owner, or one person by e-mail. */
    owner: { kind: "company" } | { kind: "email"; email: string };
    dueWorkingDays: number;
    priority: "LOW" | "MEDIUM" | "HIGH";
    type: "TODO" | "CALL" | "EMAIL";
  };
  closeWhen: { score: string; leaves: string } | null;
};
