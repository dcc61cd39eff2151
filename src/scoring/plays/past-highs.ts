import type { PastScore } from "../scores/past-score.ts";
import { standingAt } from "../scores/past-score.ts";
import type { Score } from "../scores/score.ts";

/** The highest value that began to stand after an instant; null where there is none to compare the score with. */
export function highestAfter(history: readonly PastScore[], score: Score, instantMs: number): number | null {
  return highest(
    comparable(history).filter(({ at }) => at > instantMs),
    score,
  );
}

/** The highest value that stood at an instant or after it; null where there is none to compare the score with. */
export function highestFrom(history: readonly PastScore[], score: Score, instantMs: number): number | null {
  const past = comparable(history);
  const first = standingAt(past, instantMs)?.at ?? instantMs;
  return highest(
    past.filter(({ at }) => at >= first),
    score,
  );
}

/** A customer that has left and returns starts anew. */
function comparable(history: readonly PastScore[]): readonly PastScore[] {
  return history.slice(history.findLastIndex(({ band }) => band === "churned") + 1);
}

function highest(past: readonly PastScore[], { rulesetHash, phase }: Score): number | null {
  const values = past.flatMap((score) =>
    score.value !== null && score.rulesetHash === rulesetHash && score.phase === phase ? [score.value] : [],
  );
  return values.length === 0 ? null : Math.max(...values);
}
