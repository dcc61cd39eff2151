import type { Decision, TaskOwners } from "../../src/scoring/decision.ts";
import type { PropertyValues } from "../../src/scoring/facts.ts";
import type { PlannedTask } from "../../src/scoring/plays/plan-tasks.ts";
import { createHistory } from "../scoring/customer-history.ts";
import { sampleFacts } from "../scoring/sample-facts.ts";
import type { CaseFacts } from "./observed.ts";
import { rulesAround, type RuleParts } from "./rules-around.ts";

/** A night on which the company is like this, how many nights nothing runs, or the end of the task that stands. */
export type Night = PropertyValues | number | "task ended";

/** Ingrid owns the company; Ola is there too. */
export const owners: TaskOwners = {
  active: new Set(["7", "8", "9"]),
  idByEmail: new Map([
    ["ola@example.com", "8"],
    ["kari@example.com", "9"],
  ]),
};

/** What is decided of one customer night after night, from 1 October 2026 on; its `records` are the same every night. */
export function nightsOf(
  parts: RuleParts,
  nights: readonly Night[],
  records: Omit<CaseFacts, "company"> = {},
): Decision[] {
  const history = createHistory(rulesAround(parts).ruleset);
  return nights.flatMap((night) => {
    if (night === "task ended") history.endTasks();
    else if (typeof night === "number") history.skip(night);
    else return [history.decide(sampleFacts({ ...records, company: night }), owners)];
    return [];
  });
}

/** How many tasks were made each night. */
export function tasksOf(parts: RuleParts, nights: readonly Night[]): number[] {
  return nightsOf(parts, nights).map(({ tasks }) => tasks.length);
}

/** The one task that is made for a customer that is in the band of its play already. */
export function taskOf(parts: RuleParts, facts: CaseFacts, whom = owners): PlannedTask {
  const { tasks } = createHistory(rulesAround(parts).ruleset).decide(sampleFacts(facts), whom, true);
  const [task] = tasks;
  if (!task || tasks.length > 1) throw new Error(`expected one task, found ${tasks.length}`);
  return task;
}
