import type { CutPoints } from "../scoring/scores/placement.ts";

/** The scored portfolio as a whole. */
export type PlacementStore = {
  /**
   * Cuts the customers with a score by these rules at percentiles (above 0, under 100), and tells how many those are.
   * Of `n` different scores, floor(n × unhealthy %) lie below `low`, and those from rank ceil(n × healthy %) on, counted
   * from 0, are `high` or above; the cut points are scores that some customer has, so that equal scores never fall apart.
   */
  cut(
    scoreName: string,
    rulesetHash: string,
    percentiles: { unhealthy: number; healthy: number },
  ): Promise<CutPoints & { customers: number }>;
  /** The companies for which `property` was decided to tell another place than they have by this cut. */
  misplaced(scoreName: string, property: string, cut: CutPoints | null): Promise<string[]>;
};
