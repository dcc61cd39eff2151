import type { CompiledPlay } from "./compiled-play.ts";
import type { Prior } from "../decision.ts";
import { hasRisen } from "./drop-trigger.ts";
import type { Moment } from "../time/moment.ts";
import type { StandingTask } from "./plan-tasks.ts";
import type { PlayNow } from "./play-now.ts";
import { isShortOf } from "./reach-triggers.ts";
import type { Score } from "../scores/score.ts";

/** Whether what the trigger of a play called a task for is so no more; false where that cannot be told. */
export function isUndone(
  { play: { trigger } }: CompiledPlay,
  { calledAt }: StandingTask,
  score: Score,
  { snapshot }: PlayNow,
  prior: Prior,
  moment: Moment,
): boolean {
  switch (trigger.kind) {
    case "enters":
      return score.band !== trigger.band;
    case "leaves":
      return score.band === trigger.band;
    case "drops":
      return hasRisen(trigger, calledAt, score, prior, moment);
    case "reaches":
      return isShortOf(trigger, snapshot, moment);
  }
}
