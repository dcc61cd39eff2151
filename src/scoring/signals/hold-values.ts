import { isoDateOfDay } from "../time/calendar.ts";
import type { Moment } from "../time/moment.ts";
import type { Card, Rule, ScoreRules } from "../ruleset/score-rules.ts";
import type { Observation, Snapshot } from "./snapshot.ts";

/**
 * For the signals that some rule holds: the value of the snapshot before goes with the observation of one that is gone,
 * and with it the day on which it was first seen to be. It stays there until the signal is known again; how long it
 * counts is each rule's own matter.
 */
export function compileHolding(
  scores: readonly ScoreRules[],
): (observed: Snapshot, before: Snapshot | null, moment: Moment) => Snapshot {
  const signals = heldSignals(scores);
  return (observed, before, { today }) => {
    const held = new Map(observed);
    for (const name of signals) {
      const now = observed.get(name);
      const last = before?.get(name);
      if (now && last) held.set(name, heldFrom(now, last, today));
    }
    return held;
  };
}

/** The signals whose last known value some rule holds. */
export function heldSignals(scores: readonly ScoreRules[]): ReadonlySet<string> {
  const cards = scores.flatMap((score): Card[] => [score, ...score.phases]);
  const rules = cards.flatMap(({ dimensions }) => dimensions.flatMap((dimension): readonly Rule[] => dimension.rules));
  return new Set(rules.filter(({ missing }) => missing.kind === "hold").map(({ signal }) => signal));
}

function heldFrom(now: Observation, last: Observation, today: number): Observation {
  if (now.known) return now;
  if (last.known) return { ...now, held: { value: last.value, missingSince: isoDateOfDay(today) } };
  return last.held ? { ...now, held: last.held } : now;
}
