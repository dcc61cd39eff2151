import type { Observation } from "../signals/snapshot.ts";

/**
 * A score with its own explanation. `value` is whole, or null under the minimum coverage; then nothing adds up to it.
 * All `points` are tenths-rounded points, and contributions + adjustments + scale + limit + override sum to `value`
 * exactly.
 */
export type Score = {
  name: string;
  rulesetHash: string;
  /** The phase whose card was used; null where the score's own was. */
  phase: string | null;
  value: number | null;
  band: string;
  /** 0..1: the share of the weight that was known. */
  coverage: number;
  dimensions: DimensionScore[];
  contributions: Contribution[];
  adjustments: { label: string; points: number }[];
  /** What the ends of the scale, 0 and 100, took or gave after the adjustments. */
  scale: number;
  limit: { kind: "cap" | "floor"; label: string; at: number; points: number } | null;
  /** What a person has set, until a day (ISO date) and for a reason; `computed` is what the rules alone give. */
  override: { value: number; computed: number | null; reason: string; until: string; points: number } | null;
  /** The manager's own opinion; it is told beside the score and moves it only where a rule names its signal. */
  pulse: Observation | null;
};

/** A dimension's own mean, whole, or null where nothing in it was known. */
export type DimensionScore = { name: string; label: string; value: number | null; share: number };

/** One rule's share of the score. */
export type Contribution = {
  dimension: string;
  signal: string;
  label: string;
  observation: Observation;
  /** 0..100, or null where the signal was unknown or had no grade, and nothing stands for it. */
  grade: number | null;
  /** What the grade was taken from where the signal is not known; null where it is. */
  assumed: "fixed" | "held" | null;
  /** 0..1 of the whole weight that was known; 0 where the grade is null. */
  share: number;
  points: number;
  /** The points that a grade of 100 would have added, unrounded. */
  lost: number;
};

/** What stands for a customer that has left: its last value, in the band `churned`, without an explanation. */
export function churnedScore(name: string, rulesetHash: string, value: number | null): Score {
  const nothing = { coverage: 0, dimensions: [], contributions: [], adjustments: [], scale: 0, limit: null };
  return { name, rulesetHash, phase: null, value, band: "churned", ...nothing, override: null, pulse: null };
}
