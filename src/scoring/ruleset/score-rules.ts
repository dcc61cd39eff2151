import type { Duration } from "../time/duration.ts";
import type { Condition } from "./field-test.ts";

/** One score of the ruleset. Its own card holds where no phase does; a phase replaces what it names, and merges nothing. */
export type ScoreRules = Card & {
  name: string;
  label: string;
  property: string;
  /** The first whose condition holds. */
  phases: readonly Phase[];
  /** The signal of the customer-success manager's own opinion: told beside the score. */
  pulse: string | null;
  /** Company properties by which a person sets the score for a while; all three must be known, and `until` not be past. */
  override: { score: string; reason: string; until: string } | null;
  percentileBands: PercentileBands | null;
};

/** The dimensions, adjustments, limits and bands that a score is made by. */
export type Card = {
  /** 0..1; below it the score is null and the band `unknown`. */
  minimumCoverage: number;
  dimensions: readonly Dimension[];
  adjustments: readonly Adjustment[];
  limits: readonly Limit[];
  /** From the worst to the best; `below` is strict and null for the last. */
  bands: readonly Band[];
};
export type Phase = Card & { name: string; label: string; when: Condition };

export type Dimension = { name: string; label: string; weight: number; rules: readonly Rule[] };
export type Rule = {
  signal: string;
  label: string;
  weight: number;
  grade: Grade;
  missing: Missing;
  /** A Liquid template for the words of a loss; null: `label: value`. */
  reason: string | null;
  /** What to do about a loss, for `{{ advice }}` in tasks. */
  advice: string | null;
};
export type Grade =
  /** Straight lines between points in ascending order; the ends go on level. */
  | { kind: "line"; points: readonly GradePoint[] }
  /** The grade of the greatest point that is at most the value; below the first point, the first point's. */
  | { kind: "steps"; points: readonly GradePoint[] }
  /** By text; `yes` and `no` also mean true and false. Of a multi-select's chosen options the worst grade counts. */
  | { kind: "match"; grades: ReadonlyMap<string, number> };
export type GradePoint = { at: number; grade: number };

/**
 * What stands for a signal that is not known: nothing (its weight leaves the mean), a fixed grade, or the value that it
 * had, for so long after it went missing. Only the held value counts as known in the coverage.
 */
export type Missing = { kind: "exclude" } | { kind: "grade"; grade: number } | { kind: "hold"; for: Duration };

export type Adjustment = { label: string; points: number; when: Condition };
export type Limit = { label: string; kind: "cap" | "floor"; at: number; when: Condition };

export type Band = { name: string; label: string; below: number | null; colour: BandColour };
export type BandColour = "red" | "yellow" | "green" | "blue" | "grey";
/** The bands that no rule file may name, because they mean that there is no score. */
export const reservedBands = ["unknown", "churned"] as const;

/**
 * Placement within the scored portfolio: below the percentile `unhealthy` or from the percentile `healthy` up (0..100).
 * Written to a property of its own as one of `placements`.
 */
export type PercentileBands = { unhealthy: number; healthy: number; property: string };
export const placements = ["unhealthy", "middle", "healthy"] as const;
export type Placement = (typeof placements)[number];
