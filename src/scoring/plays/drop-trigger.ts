import type { Prior } from "../decision.ts";
import { instantBefore } from "../time/instant-before.ts";
import { isRearmed } from "./is-rearmed.ts";
import type { Moment } from "../time/moment.ts";
import { highestFrom } from "./past-highs.ts";
import type { Play, Trigger } from "../ruleset/play.ts";
import type { Score } from "../scores/score.ts";

/**
 * Whether a score is so many points under the highest that stood within the window, what stood at its start among them;
 * not again within that window after a task.
 */
export function hasDropped(
  play: Play,
  { points, within }: Extract<Trigger, { kind: "drops" }>,
  score: Score,
  prior: Prior,
  moment: Moment,
): boolean {
  const start = instantBefore(moment, within);
  const lastTaskAt = prior.lastTaskAt.get(play.slug);
  if (score.value === null || (lastTaskAt !== undefined && lastTaskAt > start)) return false;
  const highest = highestFrom(prior.history.get(score.name) ?? [], score, start);
  return highest !== null && score.value <= highest - points && isRearmed(play, prior, moment);
}
