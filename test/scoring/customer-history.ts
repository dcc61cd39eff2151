import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { decide, type Decision, type Prior, type PriorScore, type TaskOwners } from "../../src/scoring/decision.ts";
import type { Facts } from "../../src/scoring/facts.ts";
import { lastNamedBand } from "../../src/scoring/plan-tasks.ts";
import type { Ruleset } from "../../src/scoring/ruleset.ts";
import { momentAt } from "./moment-at.ts";

const DAY_MS = 86_400_000;

/** Decides one company night after night, each with what the nights before left behind. */
export function createHistory(ruleset: Ruleset) {
  let rules = ruleset;
  let night = Date.parse("2026-10-01T03:00:00Z");
  let prior: Prior = { scores: new Map(), values: null, tasks: [], tasksMade: new Map() };

  return {
    /** What is standing now. */
    prior: () => prior,
    changeRules(to: Ruleset) {
      rules = to;
    },
    /** A task that a person completed, or that was closed. */
    endTasks() {
      prior = { ...prior, tasks: [] };
    },
    decide(
      facts: Facts,
      owners: TaskOwners = { active: new Set(["7"]), idByEmail: new Map() },
      tasksForCurrent = false,
    ): Decision {
      const moment = momentAt(new Date(night).toISOString());
      night += DAY_MS;
      const decision = decide(compileRuleset(rules), facts, prior, moment, owners, { tasksForCurrent });
      prior = after(prior, decision, rules.hash);
      return decision;
    },
  };
}

function after(prior: Prior, { standing, scores, values, tasks, closings }: Decision, rulesetHash: string): Prior {
  const kept = scores.map((score): [string, PriorScore] => {
    const before = prior.scores.get(score.name);
    const { value, band } = score;
    // A customer that returns starts anew.
    const lastNamed = standing === "left" ? null : lastNamedBand(score, before);
    return [score.name, { value, band, lastNamedBand: lastNamed, rulesetHash, valueAgo: null }];
  });
  const made = new Map(prior.tasksMade);
  for (const { play } of tasks) made.set(play, (made.get(play) ?? 0) + 1);
  const closed = new Set(closings.map(({ key }) => key));
  return {
    scores: new Map([...prior.scores, ...kept]),
    values,
    tasks: [...prior.tasks, ...tasks].filter(({ key }) => !closed.has(key)).map(({ key, play }) => ({ key, play })),
    tasksMade: made,
  };
}
