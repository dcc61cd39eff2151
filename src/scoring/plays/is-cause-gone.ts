import type { CompiledPlay } from "./compiled-play.ts";
import type { Moment } from "../time/moment.ts";
import type { StandingTask } from "./plan-tasks.ts";
import type { PlayNow } from "./play-now.ts";

/**
 * Whether a task is to be ended: its play's closing condition holds, or it still waits for its turn while the customer
 * is not in the band any more. No score passes no test, so it ends nothing.
 */
export function isCauseGone(compiled: CompiledPlay, task: StandingTask, now: PlayNow, moment: Moment): boolean {
  if (compiled.closes?.(now, moment)) return true;
  const { trigger } = compiled.play;
  const score = now.scores.get(compiled.score.name);
  if (task.state !== "waiting" || trigger.kind !== "enters" || !score || score.value === null) return false;
  return score.band !== trigger.band || !compiled.holds(now, moment);
}
