import { isDeepStrictEqual } from "node:util";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import {
  decide,
  nothingBefore,
  type Decision,
  type Prior,
  type PriorScore,
  type TaskOwners,
} from "../../src/scoring/decision.ts";
import type { Facts } from "../../src/scoring/facts.ts";
import { lastNamedBand } from "../../src/scoring/scores/last-named-band.ts";
import type { PastScore } from "../../src/scoring/scores/past-score.ts";
import type { PlannedTask, StandingTask } from "../../src/scoring/plays/plan-tasks.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { momentAt } from "./moment-at.ts";

const DAY_MS = 86_400_000;
const oneOwner: TaskOwners = { active: new Set(["7"]), idByEmail: new Map() };

/** Decides one company night after night, each with what the nights before left behind. */
export function createHistory(ruleset: Ruleset) {
  let rules = ruleset;
  let night = Date.parse("2026-10-01T03:00:00Z");
  let prior = nothingBefore();

  return {
    /** What is standing now. */
    prior: () => prior,
    changeRules(to: Ruleset) {
      rules = to;
    },
    /** Nights on which nothing runs. */
    skip(nights: number) {
      night += nights * DAY_MS;
    },
    /** A task that a person completed, or that was closed. */
    endTasks() {
      prior = { ...prior, tasks: [] };
    },
    /** What became of the tasks that stand. */
    markTasks(state: StandingTask["state"]) {
      prior = { ...prior, tasks: prior.tasks.map((task) => ({ ...task, state })) };
    },
    decide(facts: Facts, owners = oneOwner, tasksForCurrent = false): Decision {
      const moment = momentAt(new Date(night).toISOString());
      const options = { tasksForCurrent, cutPoints: new Map() };
      const decision = decide(compileRuleset(rules), facts, prior, moment, owners, options);
      prior = after(prior, decision, night, rules.hash);
      night += DAY_MS;
      return decision;
    },
  };
}

function after(prior: Prior, decision: Decision, at: number, rulesetHash: string): Prior {
  const { standing, scores, snapshot, values, tasks, updates, closings } = decision;
  const kept = scores.map((score): [string, PriorScore] => {
    const before = prior.scores.get(score.name);
    const { value, band, phase } = score;
    // A customer that returns starts anew.
    const lastNamed = standing === "left" ? null : lastNamedBand(score, before);
    return [score.name, { value, band, lastNamedBand: lastNamed, rulesetHash, phase }];
  });
  const past = scores.map(({ name, value, band, phase }): [string, readonly PastScore[]] => {
    const before = prior.history.get(name) ?? [];
    const now = { at, value, band, rulesetHash, phase };
    return [name, isDeepStrictEqual({ ...before.at(-1), at }, now) ? before : [...before, now]];
  });
  const made = new Map(prior.tasksMade);
  for (const { play } of tasks) made.set(play, (made.get(play) ?? 0) + 1);
  const called = [...tasks, ...updates.filter(({ call }) => call !== null)];
  return {
    scores: new Map([...prior.scores, ...kept]),
    history: new Map([...prior.history, ...past]),
    snapshot: standing === "customer" ? snapshot : prior.snapshot,
    values,
    tasks: standingAfter(prior.tasks, decision),
    tasksMade: made,
    lastTaskAt: new Map([...prior.lastTaskAt, ...called.map(({ play }): [string, number] => [play, at])]),
    taskKeys: new Set([...prior.taskKeys, ...called.flatMap(({ key, call }) => [key, call ?? key])]),
  };

  function standingAfter(before: readonly StandingTask[], { tasks: fresh }: Decision): StandingTask[] {
    const closed = new Set(closings.map(({ key }) => key));
    const updated = new Map(updates.map((update) => [update.key, update]));
    const stands = (task: PlannedTask): StandingTask => {
      const { key, play, escalation, weeklyCapacity, team } = task;
      const waits = weeklyCapacity !== null || team.length > 0;
      return { key, play, escalation, calledAt: at, state: waits ? "waiting" : "open" };
    };
    const changed = before.map((task) => {
      const update = updated.get(task.key);
      const calledAt = update && update.call !== null ? at : task.calledAt;
      return { ...task, escalation: update ? update.escalation : task.escalation, calledAt };
    });
    return [...changed, ...fresh.map(stands)].filter(({ key }) => !closed.has(key));
  }
}
