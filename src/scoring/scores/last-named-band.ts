import type { PriorScore } from "../decision.ts";
import type { Score } from "./score.ts";
import { reservedBands } from "../ruleset/score-rules.ts";

/**
 * The last named band after a score: a time without a score keeps the one before, but not across rulesets or phases,
 * whose bands mean something else. What a person has set, where the rules alone never gave a score, is no baseline.
 */
export function lastNamedBand(score: Score, before: PriorScore | undefined): string | null {
  const last = isFollowedBy(before, score) ? before.lastNamedBand : null;
  if (score.override?.computed === null && last === null) return null;
  return reservedBands.some((reserved) => reserved === score.band) ? last : score.band;
}

/** Whether a score can be compared with the one before; the first under another ruleset or phase is a baseline. */
export function isFollowedBy(before: PriorScore | undefined, score: Score): before is PriorScore {
  return before?.rulesetHash === score.rulesetHash && before.phase === score.phase;
}
