import { decide, type Decision } from "../../src/scoring/decision.ts";
import type { CutPoints } from "../../src/scoring/scores/placement.ts";
import type { Score } from "../../src/scoring/scores/score.ts";
import type { Snapshot } from "../../src/scoring/signals/snapshot.ts";
import { sampleFacts } from "../scoring/sample-facts.ts";
import { momentOf, NOW, type CaseFacts } from "./observed.ts";
import { rulesAround, type RuleParts } from "./rules-around.ts";

/** A customer's score by the name `health`, or another one. */
export function scoreOf(parts: RuleParts, facts: CaseFacts, name = "health"): Score {
  const score = decisionOf(parts, facts).scores.find((candidate) => candidate.name === name);
  if (!score) throw new Error(`no score is called ${name}`);
  return score;
}

/** The scores of nights, each with the snapshot of the one before; the first follows one with other facts. */
export function scoreAfter(
  parts: RuleParts,
  before: CaseFacts,
  nights: readonly [instant: string, facts: CaseFacts][],
) {
  const rules = rulesAround(parts);
  let snapshot: Snapshot = rules.takeSnapshot(sampleFacts(before), momentOf(rules), null);
  return nights.map(([instant, facts]) => {
    const moment = momentOf(rules, instant);
    snapshot = rules.takeSnapshot(sampleFacts(facts), moment, snapshot);
    return rules.scorecards[0]?.score(snapshot, moment);
  });
}

/** All that is decided of a customer without a past, with the tasks of the bands that it is in already. */
export function decisionOf(parts: RuleParts, facts: CaseFacts, cutPoints: CutPoints | null = null): Decision {
  const rules = rulesAround(parts);
  const options = { tasksForCurrent: true, cutPoints: new Map(cutPoints ? [["health", cutPoints]] : []) };
  const owners = { active: new Set(["7"]), idByEmail: new Map() };
  return decide(rules, sampleFacts(facts), nothingBefore, momentOf(rules, NOW), owners, options);
}

export const nothingBefore = {
  scores: new Map(),
  history: new Map(),
  snapshot: null,
  values: null,
  tasks: [],
  tasksMade: new Map(),
  lastTaskAt: new Map(),
  taskKeys: new Set<string>(),
};
