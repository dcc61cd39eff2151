import type { CutPoints } from "../scoring/scores/placement.ts";

/** The scored portfolio as a whole. */
export type PlacementStore = {
  /**
   * The scores at which percentiles (0..100) of the customers with a score by these rules lie, and how many those are;
   * the cut points are scores that some customer has, so that equal scores never fall apart.
   */
  cut(
    scoreName: string,
    rulesetHash: string,
    percentiles: { unhealthy: number; healthy: number },
  ): Promise<CutPoints & { customers: number }>;
  /** The companies that stand elsewhere in the portfolio by one cut than by the other. */
  movedBetween(scoreName: string, before: CutPoints | null, after: CutPoints | null): Promise<string[]>;
};
