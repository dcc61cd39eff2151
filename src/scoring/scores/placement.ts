import type { Placement } from "../ruleset/score-rules.ts";

/** The scores at which a portfolio is cut: below `low` is `unhealthy`, from `high` up `healthy`. */
export type CutPoints = { low: number; high: number };

/** Where a score stands in the portfolio; null where there is no score, or no cut was made. */
export function placementOf(value: number | null, cut: CutPoints | null): Placement | null {
  if (value === null || cut === null) return null;
  if (value >= cut.high) return "healthy";
  return value < cut.low ? "unhealthy" : "middle";
}
