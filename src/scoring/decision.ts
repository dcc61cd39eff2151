import type { CompiledRuleset, Standing } from "./compiled-ruleset.ts";
import type { Facts } from "./facts.ts";
import type { Moment } from "./moment.ts";
import { planClosings, planTasks, type PlannedClosing, type PlannedTask, type StandingTask } from "./plan-tasks.ts";
import { churnedScore, type Score } from "./score.ts";
import { churnedValues, scoreValues, type WrittenValues } from "./score-values.ts";
import type { Snapshot } from "./snapshot.ts";

/** What is known of a company from earlier decisions. */
export type Prior = {
  /** By the name of the score. */
  scores: ReadonlyMap<string, PriorScore>;
  /** What was last decided to stand on the record, whether or not it is written yet; null at first. */
  values: WrittenValues | null;
  tasks: readonly StandingTask[];
  /** How many tasks each play (by its slug) has ever made for the company. */
  tasksMade: ReadonlyMap<string, number>;
};

export type PriorScore = {
  value: number | null;
  band: string;
  /** The last band that was a named one, across times without a score. */
  lastNamedBand: string | null;
  rulesetHash: string;
  /** The score as it stood 30 days before, or null where there was none. */
  valueAgo: number | null;
};

/** Whom tasks may go to: the ids of owners who are not archived, and those ids by e-mail in lower case. */
export type TaskOwners = { active: ReadonlySet<string>; idByEmail: ReadonlyMap<string, string> };

/** What should be written for a company, and why. A plan: nothing has been done yet. */
export type Decision = {
  companyId: string;
  standing: Standing;
  snapshot: Snapshot;
  scores: Score[];
  values: WrittenValues;
  tasks: PlannedTask[];
  closings: PlannedClosing[];
};

export type DecideOptions = {
  /** Make the tasks of the bands that customers are in already, where a first score would be a mere baseline. */
  tasksForCurrent: boolean;
};

/**
 * Decides all that should stand in HubSpot for one company. Pure: the same facts, prior, moment and ruleset give the
 * same decision. A first score, and the first under another ruleset, is a baseline and makes no task; a customer that
 * has left is not scored, keeps its values in the band `churned`, and its open tasks are closed.
 */
export function decide(
  compiled: CompiledRuleset,
  facts: Facts,
  prior: Prior,
  moment: Moment,
  owners: TaskOwners,
  options: DecideOptions,
): Decision {
  const standing = compiled.standingOf(facts.company, moment);
  const base = { companyId: facts.companyId, standing };
  if (standing !== "customer") {
    const values: WrittenValues = {};
    const left = standing === "left" ? compiled.scorecards : [];
    for (const { rules } of left) Object.assign(values, churnedValues(rules, prior.values));
    const scores = left.map(({ rules }) =>
      churnedScore(rules.name, compiled.ruleset.hash, prior.scores.get(rules.name)?.value ?? null),
    );
    const closings = planClosings(compiled, prior.tasks, new Map(), standing, moment);
    return { ...base, snapshot: new Map(), scores, values, tasks: [], closings };
  }

  const snapshot = compiled.takeSnapshot(facts, moment);
  const scores = compiled.scorecards.map(({ score }) => score(snapshot, moment));
  const values: WrittenValues = {};
  for (const [index, { rules }] of compiled.scorecards.entries()) {
    const score = scores[index];
    if (!score) continue;
    const context = {
      valueAgo: prior.scores.get(rules.name)?.valueAgo ?? null,
      instantMs: moment.instantMs,
      language: compiled.ruleset.language,
      standing: prior.values,
    };
    Object.assign(values, scoreValues(rules, score, context));
  }
  const byName = new Map(scores.map((score) => [score.name, score]));
  return {
    ...base,
    snapshot,
    scores,
    values,
    tasks: planTasks(compiled, facts, prior, byName, moment, owners, options),
    closings: planClosings(compiled, prior.tasks, byName, standing, moment),
  };
}
