import { compileComparison } from "../fields/comparison.ts";
import { compileSnapshotCondition } from "../fields/condition.ts";
import type { Comparison, Condition } from "../ruleset/field-test.ts";
import type { Moment } from "../time/moment.ts";
import type { PlayNow } from "./play-now.ts";
import type { Score } from "../scores/score.ts";

export type PlayCondition = (now: PlayNow, moment: Moment) => boolean;

const BY_BAND: readonly Comparison["kind"][] = ["is", "not", "contains"];

/**
 * Whether a company passes every test, whose fields are names of signals, built-ins or scores. Texts are compared with
 * a score's band, all else with its value; a score that is null is unknown.
 */
export function compilePlayCondition(condition: Condition, scoreNames: ReadonlySet<string>): PlayCondition {
  const ofSignals = compileSnapshotCondition(condition.filter(({ field }) => !scoreNames.has(field)));
  const ofScores = condition
    .filter(({ field }) => scoreNames.has(field))
    .map(({ field, test }) => ({ field, passes: compileComparison(test), read: readerOf(test) }));
  return ({ snapshot, scores }, moment) =>
    ofScores.every(({ field, passes, read }) => passes(read(scores.get(field)), moment)) && ofSignals(snapshot, moment);
}

function readerOf({ kind }: Comparison): (score: Score | undefined) => string | number | null {
  if (!BY_BAND.includes(kind)) return (score) => score?.value ?? null;
  return (score) => (score && score.value !== null ? score.band : null);
}
