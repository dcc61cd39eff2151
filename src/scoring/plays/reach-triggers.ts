import { type Calendar, isoDateOfDay } from "../time/calendar.ts";
import type { Prior } from "../decision.ts";
import { numberOf } from "../fields/field-reader.ts";
import { isFollowedBy } from "../scores/last-named-band.ts";
import type { Moment } from "../time/moment.ts";
import type { Trigger } from "../ruleset/play.ts";
import type { Score } from "../scores/score.ts";
import type { Observation, Snapshot } from "../signals/snapshot.ts";

type Reaches = Extract<Trigger, { kind: "reaches" }>;
type KnownObservation = Extract<Observation, { known: true }>;

/** Whether an observation is a running count of days, which comes to each number on one day and on no other. */
export function isDayCount(observation: Observation | undefined): observation is KnownObservation {
  return observation?.known === true && (observation.since !== null || observation.until !== undefined);
}

/**
 * The ISO date that a running count counts from (or down to), where it came to the number today or at most `grace` ago;
 * else null.
 */
export function anchorOfReached(
  observation: KnownObservation,
  { value, grace }: Reaches,
  { calendar, today }: Moment,
): string | null {
  const anchor = anchorOf(observation, calendar);
  if (anchor === null) return null;
  const day = dayOfNumber(observation, anchor, value);
  return day <= today && day >= calendar.daysBefore(today, grace) ? isoDateOfDay(anchor) : null;
}

/** Whether a signal has not come to the number yet, or not any more; false where it is not known. */
export function isShortOf({ signal, value }: Reaches, snapshot: Snapshot, { calendar, today }: Moment): boolean {
  const observation = snapshot.get(signal);
  if (isDayCount(observation)) {
    const anchor = anchorOf(observation, calendar);
    return anchor !== null && dayOfNumber(observation, anchor, value) > today;
  }
  const is = numberIn(observation);
  return is !== null && is < value;
}

/**
 * Whether a signal was under the number at the last decision, by the same rules and in the same phase, and is not any
 * more. Not where there has been no score yet.
 */
export function hasReached({ signal, value }: Reaches, snapshot: Snapshot, score: Score, prior: Prior): boolean {
  const before = prior.scores.get(score.name);
  if (!isFollowedBy(before, score) || before.lastNamedBand === null) return false;
  const was = numberIn(prior.snapshot?.get(signal));
  const is = numberIn(snapshot.get(signal));
  return was !== null && is !== null && was < value && is >= value;
}

function anchorOf({ since, until }: KnownObservation, calendar: Calendar): number | null {
  return calendar.dayOfText(since ?? until ?? "");
}

/** The day on which a count from or to an anchor comes to a number. */
function dayOfNumber({ since }: KnownObservation, anchor: number, value: number): number {
  return since === null ? anchor - value : anchor + value;
}

function numberIn(observation: Observation | undefined): number | null {
  return observation?.known ? numberOf(observation.value) : null;
}
