import type { CompiledPlay } from "./compiled-play.ts";
import type { Prior } from "../decision.ts";
import { isUndone } from "./is-undone.ts";
import type { Moment } from "../time/moment.ts";
import type { StandingTask } from "./plan-tasks.ts";
import type { PlayNow } from "./play-now.ts";

/**
 * Whether a task is to be ended: its play's closing condition holds, or it still waits for its turn while what called
 * for it is undone or the play's conditions hold no more. No score ends nothing but a task that is about to be made:
 * none is made for a score that is not known.
 */
export function isCauseGone(
  compiled: CompiledPlay,
  task: StandingTask,
  now: PlayNow,
  prior: Prior,
  moment: Moment,
): boolean {
  if (compiled.closes?.(now, moment)) return true;
  const score = now.scores.get(compiled.score.name);
  if (!score || score.value === null) return task.state === "planned";
  if (task.state !== "waiting") return false;
  return !compiled.holds(now, moment) || isUndone(compiled, task, score, now, prior, moment);
}
