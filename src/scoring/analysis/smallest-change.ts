import type { Moment } from "../time/moment.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import type { Score } from "../scores/score.ts";
import type { Band, Card } from "../ruleset/score-rules.ts";
import type { CompiledScorecard } from "../scores/scorecard.ts";
import type { Observation, Snapshot } from "../signals/snapshot.ts";
import { standingCard } from "../scores/standing-card.ts";
import { turningPoints } from "./turning-points.ts";
import { withoutOverrides } from "./without-overrides.ts";

/** What would bring a customer to the next better band. */
export type WayUp = {
  band: Band;
  /** The score from which the band begins. */
  from: number;
  /** Each of these alone is enough, the one that moves its signal least of its scale first. */
  single: SignalChange[];
  /** Where no single one is: signals that are enough together; empty where nothing that is known is. */
  together: SignalChange[];
};
export type SignalChange = {
  signal: string;
  label: string;
  from: Observation;
  to: Value;
  /** The score with this change, and with those before it in `together`. */
  score: number;
};
type Value = number | string | boolean;

const HALVINGS = 40;

/**
 * The smallest changes of what is known by which a customer comes to the next better band: the value that one signal
 * must reach, found on its own scale and scored again to prove it; else several together, those first that cost most.
 * A person's override does not count. Null where there is no score, or no better band.
 */
export function smallestChange(
  card: CompiledScorecard,
  { signals }: Ruleset,
  snapshot: Snapshot,
  moment: Moment,
): WayUp | null {
  const observed = withoutOverrides(snapshot);
  const score = card.score(observed, moment);
  const rules = standingCard(card.rules, score);
  const next = nextBand(rules.bands, score);
  if (!next) return null;
  const scoreWith = (changes: ReadonlyMap<string, Value>) => {
    const known = [...changes].map(([name, value]): [string, Observation] => [
      name,
      { known: true, value, since: null },
    ]);
    return card.score(new Map([...observed, ...known]), moment).value ?? -1;
  };
  const names = candidates(rules, score);
  const labelOf = (name: string) => signals.find((signal) => signal.name === name)?.label ?? name;
  const toChange = (signal: string, to: Value, reached: number): SignalChange => {
    const from = observed.get(signal) ?? { known: false, why: "blank" };
    return { signal, label: labelOf(signal), from, to, score: reached };
  };

  const reach = (signal: string, others: ReadonlyMap<string, Value>): Value | null => {
    const from = observed.get(signal);
    if (!from?.known) return null;
    const isEnough = (value: Value) => scoreWith(new Map([...others, [signal, value]])) >= next.from;
    return nearestEnough(from.value, turningPoints(rules, signal, from.value), isEnough);
  };

  const single = names.flatMap((name) => {
    const to = reach(name, new Map());
    return to === null ? [] : [toChange(name, to, scoreWith(new Map([[name, to]])))];
  });
  if (single.length > 0) return { ...next, single: single.toSorted((a, b) => effortOf(a) - effortOf(b)), together: [] };

  const changes = new Map<string, Value>();
  const together: SignalChange[] = [];
  for (const name of names) {
    const last = reach(name, changes);
    const to = last ?? bestValue(name);
    if (to === null) continue;
    changes.set(name, to);
    together.push(toChange(name, to, scoreWith(changes)));
    if (last !== null) return { ...next, single, together };
  }
  return { ...next, single, together: [] };

  function bestValue(name: string): Value | null {
    const from = observed.get(name);
    if (!from?.known) return null;
    let best: { value: Value; score: number } = { value: from.value, score: scoreWith(changes) };
    for (const value of turningPoints(rules, name, from.value)) {
      const reached = scoreWith(new Map([...changes, [name, value]]));
      if (reached > best.score) best = { value, score: reached };
    }
    return best.value === from.value ? null : best.value;
  }
}

function nextBand(bands: readonly Band[], { value, band }: Score): { band: Band; from: number } | null {
  if (value === null) return null;
  const index = bands.findIndex(({ name }) => name === band);
  const [own, better] = [bands[index], bands[index + 1]];
  return own?.below == null || !better ? null : { band: better, from: own.below };
}

/** The signals that may be worth changing: of what holds the score down, then of the rules by what they lose. */
function candidates(rules: Card, score: Score): string[] {
  const limits = rules.limits.filter(({ label, kind }) => kind === "cap" && label === score.limit?.label);
  const taken = score.adjustments.filter(({ points }) => points < 0).map(({ label }) => label);
  const adjustments = rules.adjustments.filter(({ label }) => taken.includes(label));
  const losing = score.contributions.filter(({ lost }) => lost > 0).toSorted((a, b) => b.lost - a.lost);
  return [
    ...new Set([
      ...[...limits, ...adjustments].flatMap(({ when }) => when.map(({ field }) => field)),
      ...losing.map(({ signal }) => signal),
    ]),
  ];
}

/** The value nearest to the one that stands, among those that are enough; between two numbers it is looked for by halves. */
function nearestEnough(from: Value, points: readonly Value[], isEnough: (value: Value) => boolean): Value | null {
  const start = Number(from);
  if (typeof from === "boolean" || Number.isNaN(start)) return points.find(isEnough) ?? null;
  const numbers = points.map(Number).filter((point) => !Number.isNaN(point));
  const up = walk(
    start,
    numbers.filter((point) => point > start).toSorted((a, b) => a - b),
    isEnough,
  );
  const down = walk(
    start,
    numbers.filter((point) => point < start).toSorted((a, b) => b - a),
    isEnough,
  );
  if (up === null || down === null) return up ?? down;
  return up - start <= start - down ? up : down;
}

function walk(start: number, points: readonly number[], isEnough: (value: number) => boolean): number | null {
  let short = start;
  for (const point of points) {
    if (!isEnough(point)) {
      short = point;
      continue;
    }
    let enough = point;
    for (let halving = 0; halving < HALVINGS; halving += 1) {
      const middle = (short + enough) / 2;
      if (isEnough(middle)) enough = middle;
      else short = middle;
    }
    return roundest(enough, point > start ? Math.ceil : Math.floor, isEnough);
  }
  return null;
}

/** A number that is said easily and is enough too: whole, else with a decimal or two. */
function roundest(exact: number, round: (number: number) => number, isEnough: (value: number) => boolean): number {
  // Halving ends a hair beside the edge: either the edge itself is enough, or the next number past it is.
  const tries = [1, 10, 100].flatMap((scale) => [
    round(Number((exact * scale).toFixed(6))) / scale,
    round(exact * scale) / scale,
  ]);
  return tries.find(isEnough) ?? exact;
}

/** How far a signal moves, as a share of what it was; a word for another moves it as a whole. */
function effortOf({ from, to }: SignalChange): number {
  if (!from.known || typeof to !== "number") return 1;
  const start = Number(from.value);
  return Math.abs(to - start) / Math.max(1, Math.abs(start));
}
