import { isoDateOfDay } from "../time/calendar.ts";
import type { PropertyValues } from "../facts.ts";
import { numberOf } from "../fields/field-reader.ts";
import type { Moment } from "../time/moment.ts";
import type { ScoreRules } from "../ruleset/score-rules.ts";
import type { Observation, Snapshot } from "../signals/snapshot.ts";

const parts = ["score", "reason", "until"] as const;

/** What a person has set for a score that is in force; `until` is the last day of it (ISO date). */
export type Override = { value: number; reason: string; until: string };

/**
 * What persons have set, as observations called `<score>.override_score`, `_reason` and `_until`: a score can be worked
 * out again from its snapshot alone.
 */
export function compileOverrides(scores: readonly ScoreRules[]): (company: PropertyValues) => [string, Observation][] {
  const read = scores.flatMap(({ name, override }) =>
    override ? parts.map((part) => ({ name: nameOf(name, part), property: override[part] })) : [],
  );
  return (company) =>
    read.map(({ name, property }) => {
      const value = (Object.hasOwn(company, property) ? company[property] : null)?.trim();
      return [name, value ? { known: true, value, since: null } : { known: false, why: "blank" }];
    });
}

/**
 * The override of a score in a snapshot: a number from 0 to 100, rounded, with a reason, until a day that is not past. Null
 * where one of the three is missing or is something else.
 */
export function overrideOf(score: string, snapshot: Snapshot, moment: Moment): Override | null {
  const [value, reason, until] = parts.map((part) => {
    const observation = snapshot.get(nameOf(score, part));
    return observation?.known ? String(observation.value) : null;
  });
  const number = numberOf(value ?? null);
  const lastDay = moment.calendar.dayOfText(until ?? "");
  if (number === null || number < 0 || number > 100 || !reason || lastDay === null || lastDay < moment.today) {
    return null;
  }
  return { value: Math.round(number), reason, until: isoDateOfDay(lastDay) };
}

function nameOf(score: string, part: (typeof parts)[number]): string {
  return `${score}.override_${part}`;
}
