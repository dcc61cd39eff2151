import type { Prior } from "../decision.ts";
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
  const start = moment.calendar.instantBefore(moment.instantMs, within);
  const lastTaskAt = prior.lastTaskAt.get(play.slug);
  if (score.value === null || (lastTaskAt !== undefined && lastTaskAt > start)) return false;
  const highest = highestFrom(prior.history.get(score.name) ?? [], score, start);
  return highest !== null && score.value <= highest - points && isRearmed(play, prior, moment);
}

/**
 * Whether a score has come back from the drop that a task was called for: it is not so many points any more under the
 * highest of the window before the call. False where the rules or the phase changed since.
 */
export function hasRisen(
  { points, within }: Extract<Trigger, { kind: "drops" }>,
  calledAt: number,
  score: Score,
  prior: Prior,
  { calendar }: Moment,
): boolean {
  const before = (prior.history.get(score.name) ?? []).filter(({ at }) => at < calledAt);
  const highest = highestFrom(before, score, calendar.instantBefore(calledAt, within));
  return highest !== null && score.value !== null && score.value > highest - points;
}
