import type { ScoreRules } from "../../src/scoring/ruleset/score-rules.ts";
import type { Score } from "../../src/scoring/scores/score.ts";
import { compileScorecard } from "../../src/scoring/scores/scorecard.ts";
import type { Observation } from "../../src/scoring/signals/snapshot.ts";
import { momentAt } from "./moment-at.ts";
import { sampleRuleset, sampleScore } from "./sample-ruleset.ts";

export type Observed = Observation | number | string | null;

/** The sample score of signals on 3 October 2026: null is a blank one, a number or a text is known. */
export function scoreOf(values: Record<string, Observed>, rules: Partial<ScoreRules> = {}): Score {
  const snapshot = new Map(Object.entries(values).map(([name, value]) => [name, observed(value)]));
  return compileScorecard(sampleScore(rules), sampleRuleset()).score(snapshot, momentAt("2026-10-03T12:00:00Z"));
}

function observed(value: Observed): Observation {
  if (value === null) return { known: false, why: "blank" };
  return typeof value === "object" ? value : { known: true, value, since: null };
}
