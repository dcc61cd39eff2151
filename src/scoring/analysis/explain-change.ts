import type { CompiledRuleset } from "../compiled-ruleset.ts";
import type { Facts } from "../facts.ts";
import type { Moment } from "../time/moment.ts";
import type { Score } from "../scores/score.ts";
import type { CompiledScorecard } from "../scores/scorecard.ts";
import type { Observation, Snapshot } from "../signals/snapshot.ts";
import { withoutOverrides } from "./without-overrides.ts";

/** What stood at an instant: a score and the signals that it was made from. */
export type StoodThen = { score: Score; snapshot: Snapshot; moment: Moment };

/** What a score moved by, one cause after the other; the points sum to the difference exactly. */
export type ScoreChange = {
  from: number | null;
  to: number | null;
  parts: ChangePart[];
  /** The signals that are not what they were, as they were and are. */
  signals: { name: string; from: Observation; to: Observation }[];
};
export type ChangePart = {
  cause: "rules" | "data" | "behaviour" | "time" | "override";
  from: number | null;
  to: number | null;
  /** Null where there is no score before or after it. */
  points: number | null;
};

/**
 * Why a score is another than it was. The causes are switched on one after another, in this order, and each is worth
 * the difference between two whole scores:
 *
 * 1. rules: the old signals under today's rules;
 * 2. data: of the signals, those that came to be known or ceased to be, as today's facts give them at the old moment;
 * 3. behaviour: all signals as today's facts give them at the old moment;
 * 4. time: the signals as they are now;
 * 5. override: what a person had set then and has set now. Before that, neither counts.
 *
 * `now` is today's snapshot as it is scored, `facts` what it was taken from. Where signals were forgotten since, nobody
 * can score the old ones again: under the same rules that is data that went, under others it counts with the rules.
 */
export function explainChange(
  compiled: CompiledRuleset,
  card: CompiledScorecard,
  then: StoodThen,
  { facts, snapshot, moment }: { facts: Facts; snapshot: Snapshot; moment: Moment },
): ScoreChange {
  const scoreOf = (signals: Snapshot, at: Moment) => card.score(withoutOverrides(signals), at).value;
  const backThen = compiled.takeSnapshot(facts, then.moment, then.snapshot);
  // What only today's rules ask for is a matter of the rules, neither data that came nor behaviour.
  const old = new Map([...then.snapshot, ...[...backThen].filter(([name]) => !then.snapshot.has(name))]);
  const switched = new Map(
    [...old].map(([name, observation]): [string, Observation] => {
      const next = backThen.get(name);
      return [name, next && next.known !== observation.known ? next : observation];
    }),
  );

  const before = then.score.override ? then.score.override.computed : then.score.value;
  const today = card.score(snapshot, moment);
  const areSameRules = then.score.rulesetHash === compiled.ruleset.hash;
  const steps: [ChangePart["cause"], number | null][] = [
    ["rules", areSameRules && isForgotten(then.snapshot) ? before : scoreOf(old, then.moment)],
    ["data", scoreOf(switched, then.moment)],
    ["behaviour", scoreOf(backThen, then.moment)],
    ["time", scoreOf(snapshot, moment)],
  ];
  const parts: ChangePart[] = [];
  let standing = before;
  for (const [cause, value] of steps) {
    parts.push({ cause, from: standing, to: value, points: differenceOf(standing, value) });
    standing = value;
  }
  const overridden = overridePart(then.score, before, today, standing);
  if (overridden) parts.push(overridden);
  return { from: then.score.value, to: today.value, parts, signals: changedSignals(then.snapshot, snapshot) };
}

function isForgotten(snapshot: Snapshot): boolean {
  return [...snapshot.values()].some((observation) => !observation.known && observation.why === "forgotten");
}

function overridePart(then: Score, before: number | null, today: Score, computed: number | null): ChangePart | null {
  if (!then.override && !today.override) return null;
  const [was, is] = [differenceOf(before, then.value), differenceOf(computed, today.value)];
  const points = was === null || is === null ? null : is - was;
  return { cause: "override", from: computed, to: today.value, points };
}

function differenceOf(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : to - from;
}

function changedSignals(then: Snapshot, now: Snapshot): ScoreChange["signals"] {
  return [...now].flatMap(([name, to]) => {
    const from = then.get(name);
    return from && !isSame(from, to) ? [{ name, from, to }] : [];
  });
}

function isSame(a: Observation, b: Observation): boolean {
  if (a.known && b.known) return a.value === b.value;
  return a.known === b.known;
}
