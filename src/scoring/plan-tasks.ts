import { isoDateOfDay } from "./calendar.ts";
import type { CompiledRuleset, Standing } from "./compiled-ruleset.ts";
import type { DecideOptions, Prior, PriorScore, TaskOwners } from "./decision.ts";
import type { Facts } from "./facts.ts";
import type { Moment } from "./moment.ts";
import { reasonsOf } from "./reasons.ts";
import { reservedBands, type Play, type Ruleset } from "./ruleset.ts";
import type { Score } from "./score.ts";
import type { TaskTextVariables } from "./task-text.ts";
import { sayDate, wordsOf } from "./words.ts";
import { dueAfterWorkingDays } from "./working-days.ts";

/** A task that is to be made in HubSpot; its key makes it one and the same however often it is tried. */
export type PlannedTask = {
  key: string;
  companyId: string;
  /** The slug of the play. */
  play: string;
  subject: string;
  body: string;
  dueAt: Date;
  ownerId: string | null;
  priority: "LOW" | "MEDIUM" | "HIGH";
  type: "TODO" | "CALL" | "EMAIL";
};

/** A task of ours that is neither completed nor deleted, as far as we know. */
export type StandingTask = { key: string; play: string };

export type PlannedClosing = { key: string; reason: string };

/** The tasks that a company's new scores call for: one per play whose band was entered, none while one stands. */
export function planTasks(
  compiled: CompiledRuleset,
  facts: Facts,
  prior: Prior,
  scores: ReadonlyMap<string, Score>,
  moment: Moment,
  owners: TaskOwners,
  options: DecideOptions,
): PlannedTask[] {
  const { ruleset } = compiled;
  return compiled.plays.flatMap(({ play, subject, body }) => {
    const score = scores.get(play.when.score);
    if (!score || prior.tasks.some((task) => task.play === play.slug)) return [];
    const before = prior.scores.get(score.name);
    if (!(options.tasksForCurrent ? isIn(play, score) : hasEntered(play, score, before))) return [];

    const number = (prior.tasksMade.get(play.slug) ?? 0) + 1;
    const ownerId = ownerOf(play, ruleset, facts, owners);
    const variables = variablesOf(compiled, facts, score, before);
    const { priority, type, dueWorkingDays } = play.task;
    const remark = ownerId === null ? [wordsOf(ruleset.language).noOwner] : [];
    const task: PlannedTask = {
      key: `${play.slug}-${facts.companyId}-${number}`,
      companyId: facts.companyId,
      play: play.slug,
      subject: subject(variables).replaceAll(/\s+/g, " ").trim(),
      body: [body(variables).trim(), ...remark].join("\n"),
      dueAt: dueAfterWorkingDays(moment.instantMs, dueWorkingDays, ruleset.timezone),
      ownerId,
      priority,
      type,
    };
    return [task];
  });
}

/** The standing tasks whose cause is gone, each with the line that says why. */
export function planClosings(
  compiled: CompiledRuleset,
  tasks: readonly StandingTask[],
  scores: ReadonlyMap<string, Score>,
  standing: Standing,
  moment: Moment,
): PlannedClosing[] {
  const { language } = compiled.ruleset;
  const date = sayDate(isoDateOfDay(moment.today), language);
  const { closed, left } = wordsOf(language);
  return tasks.flatMap(({ key, play: slug }) => {
    if (standing !== "customer") return [{ key, reason: left(date) }];
    const play = compiled.plays.find((candidate) => candidate.play.slug === slug)?.play;
    const score = play?.closeWhen ? scores.get(play.closeWhen.score) : undefined;
    if (!play?.closeWhen || !score || score.value === null || score.band === play.closeWhen.leaves) return [];
    return [{ key, reason: closed(date, labelOfBand(compiled, score), String(score.value)) }];
  });
}

function isIn(play: Play, score: Score): boolean {
  return score.band === play.when.enters;
}

function hasEntered(play: Play, score: Score, before: PriorScore | undefined): boolean {
  if (!isIn(play, score) || before?.rulesetHash !== score.rulesetHash) return false;
  return before.lastNamedBand !== null && before.lastNamedBand !== score.band;
}

function ownerOf(play: Play, ruleset: Ruleset, facts: Facts, owners: TaskOwners): string | null {
  if (play.task.owner.kind === "email") return owners.idByEmail.get(play.task.owner.email.toLowerCase()) ?? null;
  const ofCompany = facts.company.hubspot_owner_id;
  if (ofCompany && owners.active.has(ofCompany)) return ofCompany;
  const { fallbackOwner } = ruleset;
  return fallbackOwner === null ? null : (owners.idByEmail.get(fallbackOwner.toLowerCase()) ?? null);
}

function variablesOf(
  compiled: CompiledRuleset,
  facts: Facts,
  score: Score,
  before: PriorScore | undefined,
): TaskTextVariables {
  const company: Record<string, string> = { id: facts.companyId };
  for (const [name, value] of Object.entries(facts.company)) company[name] = value ?? "";
  const change = score.value !== null && typeof before?.value === "number" ? score.value - before.value : 0;
  return {
    company,
    score: String(score.value ?? ""),
    band: labelOfBand(compiled, score),
    change: change > 0 ? `+${change}` : String(change),
    reasons: reasonsOf(score, compiled.ruleset.language)
      .map((reason) => `- ${reason}`)
      .join("\n"),
  };
}

function labelOfBand(compiled: CompiledRuleset, score: Score): string {
  const rules = compiled.scorecards.find((card) => card.rules.name === score.name)?.rules;
  return rules?.bands.find(({ name }) => name === score.band)?.label ?? score.band;
}

/**
 * The last named band after a score: a time without a score keeps the one before, but not across rulesets, whose bands
 * mean something else.
 */
export function lastNamedBand(score: Score, before: PriorScore | undefined): string | null {
  if (!reservedBands.some((reserved) => reserved === score.band)) return score.band;
  return before?.rulesetHash === score.rulesetHash ? before.lastNamedBand : null;
}
