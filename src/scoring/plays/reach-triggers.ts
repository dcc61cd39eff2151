import { isoDateOfDay } from "../time/calendar.ts";
import type { Prior } from "../decision.ts";
import { numberOf } from "../fields/field-reader.ts";
import type { Moment } from "../time/moment.ts";
import type { Trigger } from "../ruleset/play.ts";
import type { Score } from "../scores/score.ts";
import type { Observation, Snapshot } from "../signals/snapshot.ts";

type Reaches = Extract<Trigger, { kind: "reaches" }>;

/** Whether an observation is a running count of days, which comes to each number on one day and on no other. */
export function isDayCount(observation: Observation | undefined): observation is Observation & { known: true } {
  return observation?.known === true && (observation.since !== null || observation.until !== undefined);
}

/** The ISO date on which a running count came to the number; null unless that is today, or at most `grace` ago. */
export function dayReached(
  observation: Observation & { known: true },
  { value, grace }: Reaches,
  { calendar, today }: Moment,
): string | null {
  const { since, until } = observation;
  const origin = calendar.dayOfText(since ?? until ?? "");
  if (origin === null) return null;
  const day = since === null ? origin - value : origin + value;
  return day <= today && day >= calendar.daysBefore(today, grace) ? isoDateOfDay(day) : null;
}

/** Whether a signal was under the number at the last decision, by the same rules, and is not any more. */
export function hasReached({ signal, value }: Reaches, snapshot: Snapshot, score: Score, prior: Prior): boolean {
  const before = prior.scores.get(score.name);
  if (before?.rulesetHash !== score.rulesetHash || before.band === "churned") return false;
  const was = numberIn(prior.snapshot?.get(signal));
  const is = numberIn(snapshot.get(signal));
  return was !== null && is !== null && was < value && is >= value;
}

function numberIn(observation: Observation | undefined): number | null {
  return observation?.known ? numberOf(observation.value) : null;
}
