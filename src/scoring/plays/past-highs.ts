import type { PastScore } from "../scores/past-score.ts";
import { standingAt } from "../scores/past-score.ts";
import type { Score } from "../scores/score.ts";

/** The highest value that began to stand after an instant; null where there is none to compare the score with. */
export function highestAfter(history: readonly PastScore[], score: Score, instantMs: number): number | null {
  return highest(comparable(history, score).filter(({ at }) => at > instantMs));
}

/** The highest value that stood at an instant or after it; null where there is none to compare the score with. */
export function highestFrom(history: readonly PastScore[], score: Score, instantMs: number): number | null {
  const past = comparable(history, score);
  const first = standingAt(past, instantMs)?.at ?? instantMs;
  return highest(past.filter(({ at }) => at >= first));
}

/**
 * What stood by the same rules and in the same phase without a break: the first score after one is a baseline, also where
 * the rules or the phase had been in force before. A customer that has left and returns starts anew.
 */
function comparable(history: readonly PastScore[], { rulesetHash, phase }: Score): readonly PastScore[] {
  const isBreak = (past: PastScore) =>
    past.band === "churned" || past.rulesetHash !== rulesetHash || past.phase !== phase;
  return history.slice(history.findLastIndex(isBreak) + 1);
}

function highest(past: readonly PastScore[]): number | null {
  const values = past.flatMap(({ value }) => (value === null ? [] : [value]));
  return values.length === 0 ? null : Math.max(...values);
}
