import type { CutPoints } from "../scoring/scores/placement.ts";
import type { PipelineContext } from "./pipeline-context.ts";

/** A quarter of fewer customers says nothing. */
const LEAST_CUSTOMERS = 20;

/**
 * Finds where percentile bands cut the portfolio now, and keeps that for the scores until the next sweep. Gives the
 * companies that stand elsewhere by it than before. Without `LEAST_CUSTOMERS` scored customers there is no cut.
 */
export async function cutPortfolio({ store, rules }: Pick<PipelineContext, "store" | "rules">): Promise<string[]> {
  const before = (await store.settings.read("cut_points")) ?? {};
  const after: Record<string, CutPoints> = {};
  const moved = new Set<string>();
  for (const { name, percentileBands } of rules.ruleset.scores) {
    if (percentileBands === null) continue;
    const { customers, low, high } = await store.placements.cut(name, rules.ruleset.hash, percentileBands);
    if (customers >= LEAST_CUSTOMERS) after[name] = { low, high };
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    if (was?.low === is?.low && was?.high === is?.high) continue;
    for (const id of await store.placements.movedBetween(name, was, is)) moved.add(id);
  }
  await store.settings.write("cut_points", after);
  return [...moved].toSorted();
}
