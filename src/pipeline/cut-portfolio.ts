import type { CutPoints } from "../scoring/scores/placement.ts";
import type { PipelineContext } from "./pipeline-context.ts";

/** A quarter of fewer customers says nothing. */
const LEAST_CUSTOMERS = 20;

/**
 * Finds where percentile bands cut the portfolio now, and keeps that for the scores until the next sweep. Gives the
 * companies that were decided to stand elsewhere; again, until they were rescored, when it runs again after a crash.
 * Without `LEAST_CUSTOMERS` scored customers there is no cut.
 */
export async function cutPortfolio({ store, rules }: Pick<PipelineContext, "store" | "rules">): Promise<string[]> {
  const cuts: Record<string, CutPoints> = {};
  const moved = new Set<string>();
  for (const { name, percentileBands } of rules.ruleset.scores) {
    if (percentileBands === null) continue;
    const { customers, low, high } = await store.placements.cut(name, rules.ruleset.hash, percentileBands);
    if (customers >= LEAST_CUSTOMERS) cuts[name] = { low, high };
    const misplaced = await store.placements.misplaced(name, percentileBands.property, cuts[name] ?? null);
    for (const id of misplaced) moved.add(id);
  }
  await store.settings.write("cut_points", cuts);
  return [...moved].toSorted();
}
