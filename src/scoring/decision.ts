import type { CompiledRuleset, Standing } from "./compiled-ruleset.ts";
import type { Facts } from "./facts.ts";
import type { Moment } from "./time/moment.ts";
import type { PastScore } from "./scores/past-score.ts";
import { standingAt } from "./scores/past-score.ts";
import { planClosings, type PlannedClosing } from "./plays/plan-closings.ts";
import { planTasks, type PlannedTask, type StandingTask } from "./plays/plan-tasks.ts";
import type { CutPoints } from "./scores/placement.ts";
import { churnedScore, type Score } from "./scores/score.ts";
import { churnedValues, scoreValues, type WrittenValues } from "./scores/score-values.ts";
import type { Snapshot } from "./signals/snapshot.ts";

/** What is known of a company from earlier decisions. */
export type Prior = {
  /** By the name of the score. */
  scores: ReadonlyMap<string, PriorScore>;
  /** By the name of the score, in order of time: those of the last `HISTORY_DAYS`, and the one that stood before them. */
  history: ReadonlyMap<string, readonly PastScore[]>;
  /** The signals of the last decision by these rules, as a customer; null where there was none. */
  snapshot: Snapshot | null;
  /** What was last decided to stand on the record, whether or not it is written yet; null at first. */
  values: WrittenValues | null;
  tasks: readonly StandingTask[];
  /** How many tasks each play (by its slug) has ever made for the company. */
  tasksMade: ReadonlyMap<string, number>;
  /** When each play (by its slug) last made a task for the company; ms since the epoch. */
  lastTaskAt: ReadonlyMap<string, number>;
  /** Of every task that was ever made for the company. */
  taskKeys: ReadonlySet<string>;
};

/** What there is before the first decision about a company. */
export function nothingBefore(): Prior {
  return {
    scores: new Map(),
    history: new Map(),
    snapshot: null,
    values: null,
    tasks: [],
    tasksMade: new Map(),
    lastTaskAt: new Map(),
    taskKeys: new Set(),
  };
}

export type PriorScore = {
  value: number | null;
  band: string;
  /** The last band that was a named one, across times without a score. */
  lastNamedBand: string | null;
  rulesetHash: string;
  phase: string | null;
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
  /** Tasks that stand, as they should be now; a person's changes go before ours. */
  updates: PlannedTask[];
  closings: PlannedClosing[];
};

export type DecideOptions = {
  /** Make the tasks of the bands that customers are in already, where a first score would be a mere baseline. */
  tasksForCurrent: boolean;
  /** Where the portfolio is cut for percentile bands, by the name of the score; none before the first sweep has ended. */
  cutPoints: ReadonlyMap<string, CutPoints>;
};

const CHANGE_WINDOW_MS = 30 * 86_400_000;

/**
 * Decides all that should stand in HubSpot for one company. Pure: the same facts, prior, moment and ruleset give the
 * same decision. A first score, and the first under another ruleset or phase, is a baseline and makes no task; a
 * customer that has left is not scored, keeps its values in the band `churned`, and its open tasks are closed.
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
    const closings = planClosings(compiled, prior, null, standing, moment);
    return { ...base, snapshot: new Map(), scores, values, tasks: [], updates: [], closings };
  }

  const snapshot = compiled.takeSnapshot(facts, moment, prior.snapshot);
  const scores = compiled.scorecards.map((card) => card.score(snapshot, moment));
  const values: WrittenValues = {};
  for (const [index, card] of compiled.scorecards.entries()) {
    const score = scores[index];
    if (!score) continue;
    const { name } = card.rules;
    const context = {
      valueAgo: standingAt(prior.history.get(name) ?? [], moment.instantMs - CHANGE_WINDOW_MS)?.value ?? null,
      instantMs: moment.instantMs,
      cutPoints: options.cutPoints.get(name) ?? null,
      standing: prior.values,
    };
    Object.assign(values, scoreValues(card, score, context));
  }
  const now = { facts, snapshot, scores: new Map(scores.map((score) => [score.name, score])) };
  const { tasks, updates } = planTasks(compiled, now, prior, moment, owners, options);
  const closings = planClosings(compiled, prior, now, standing, moment);
  return { ...base, snapshot, scores, values, tasks, updates, closings };
}
