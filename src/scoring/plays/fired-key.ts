import { hasEntered, hasLeft } from "./band-triggers.ts";
import type { CompiledPlay } from "./compiled-play.ts";
import type { Prior } from "../decision.ts";
import { hasDropped } from "./drop-trigger.ts";
import type { Moment } from "../time/moment.ts";
import type { PlayNow } from "./play-now.ts";
import { anchorOfReached, hasReached, isDayCount } from "./reach-triggers.ts";
import type { Score } from "../scores/score.ts";

/**
 * The key under which the trigger of a play asks for a task; null where it has not fired. A count of days that comes to
 * a number is named by the date that it counts from, and so fires once however often it is looked at, and though the
 * number is changed.
 */
export function firedKey(
  compiled: CompiledPlay,
  now: PlayNow,
  score: Score,
  prior: Prior,
  moment: Moment,
  { tasksForCurrent }: { tasksForCurrent: boolean },
): string | null {
  const { play } = compiled;
  const { trigger } = play;
  const prefix = `${play.slug}-${now.facts.companyId}`;
  const next = (hasFired: boolean) => (hasFired ? `${prefix}-${(prior.tasksMade.get(play.slug) ?? 0) + 1}` : null);
  switch (trigger.kind) {
    case "enters":
      if (tasksForCurrent) return next(score.band === trigger.band);
      return next(hasEntered(compiled, trigger.band, score, prior, moment));
    case "leaves":
      return next(hasLeft(compiled, trigger.band, score, prior, moment));
    case "drops":
      return next(hasDropped(play, trigger, score, prior, moment));
    case "reaches": {
      const observation = now.snapshot.get(trigger.signal);
      if (!isDayCount(observation)) return next(hasReached(trigger, now.snapshot, score, prior));
      const anchor = anchorOfReached(observation, trigger, moment);
      const key = `${prefix}-${anchor}`;
      return anchor === null || prior.taskKeys.has(key) ? null : key;
    }
  }
}
