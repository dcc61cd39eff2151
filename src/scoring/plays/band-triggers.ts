import type { CompiledPlay } from "./compiled-play.ts";
import type { Prior } from "../decision.ts";
import { isRearmed } from "./is-rearmed.ts";
import { isFollowedBy } from "../scores/last-named-band.ts";
import type { Moment } from "../time/moment.ts";
import { highestAfter } from "./past-highs.ts";
import type { Score } from "../scores/score.ts";
import { standingBand } from "../scores/standing-card.ts";

/**
 * Whether a score has come into a band. Where the play is rearmed by points or time, and has made a task before, the
 * score must have been that far above the band since, and the time be over: then its being in the band is enough, so
 * that a customer that fell again too early gets its task as soon as it may.
 */
export function hasEntered(
  { play, score: rules }: CompiledPlay,
  band: string,
  score: Score,
  prior: Prior,
  moment: Moment,
): boolean {
  if (score.band !== band) return false;
  const before = prior.scores.get(score.name);
  const hasCrossed = isFollowedBy(before, score) && before.lastNamedBand !== null && before.lastNamedBand !== band;
  const { aboveEdge, after } = play.rearm;
  const lastTaskAt = prior.lastTaskAt.get(play.slug);
  if (lastTaskAt === undefined || (aboveEdge === 0 && after === null)) return hasCrossed;
  if (!isRearmed(play, prior, moment)) return false;
  const edge = standingBand(rules, score)?.below ?? null;
  // Nothing lies above the best band: it can only be entered from below.
  if (edge === null) return hasCrossed;
  const highest = highestAfter(prior.history.get(score.name) ?? [], score, lastTaskAt);
  return highest !== null && highest >= edge + aboveEdge;
}

/** Whether a score has gone from a band to another named one, the time of the rearming being over. */
export function hasLeft({ play }: CompiledPlay, band: string, score: Score, prior: Prior, moment: Moment): boolean {
  const before = prior.scores.get(score.name);
  if (score.band === band || !isFollowedBy(before, score) || before.lastNamedBand !== band) return false;
  return isRearmed(play, prior, moment);
}
