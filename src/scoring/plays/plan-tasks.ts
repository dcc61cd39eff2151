import type { CompiledPlay } from "./compiled-play.ts";
import type { CompiledRuleset } from "../compiled-ruleset.ts";
import type { Prior, TaskOwners } from "../decision.ts";
import { numberOf } from "../fields/field-reader.ts";
import { firedKey } from "./fired-key.ts";
import { isCauseGone } from "./is-cause-gone.ts";
import type { Moment } from "../time/moment.ts";
import type { TaskSettings } from "../ruleset/play.ts";
import type { PlayNow } from "./play-now.ts";
import { standingAt } from "../scores/past-score.ts";
import type { Score } from "../scores/score.ts";
import { ownerOf, taskSettings } from "./task-settings.ts";
import { taskVariables } from "./task-variables.ts";
import { wordsOf } from "../words/words.ts";
import { dueAfterWorkingDays } from "../time/working-days.ts";

/** A task that is to be made in HubSpot; its key makes it one and the same however often it is tried. */
export type PlannedTask = {
  key: string;
  companyId: string;
  /** The slug of the play. */
  play: string;
  subject: string;
  body: string;
  dueAt: Date;
  /** How many working days after it is made it is due: one that waits is due later the longer it does. */
  dueWorkingDays: number;
  /** Null where nobody was found, or where one of the `team` is still to have the turn. */
  ownerId: string | null;
  /** The ids of the owners who take the play's tasks in turn. */
  team: string[];
  priority: TaskSettings["priority"];
  type: TaskSettings["type"];
  /** The `id` of the escalation that it was made under. */
  escalation: string | null;
  /** Risk times value: where only so many tasks are made in a week, the highest go first. */
  rank: number;
  weeklyCapacity: number | null;
  /** The key under which the play called for it now; null where only a standing task's setting or turn changes. */
  call: string | null;
};

/**
 * A task of ours that is neither completed nor deleted, as far as we know; `waiting` for its turn, `planned`, on its
 * way (`sending`), `open` in HubSpot as we wrote it, or `taken` over by a person.
 */
export type StandingTask = {
  key: string;
  play: string;
  state: "waiting" | "planned" | "sending" | "open" | "taken";
  escalation: string | null;
  /** When its play last called for it; ms since the epoch. */
  calledAt: number;
};

/**
 * The tasks that a company's new scores call for, at most one per play: where one stands, a new call gives an update of
 * it. So does an escalation that newly holds. A task that waits for its turn is planned anew each time. None is made where
 * its play would have it closed at once.
 */
export function planTasks(
  compiled: CompiledRuleset,
  now: PlayNow,
  prior: Prior,
  moment: Moment,
  owners: TaskOwners,
  options: { tasksForCurrent: boolean },
): { tasks: PlannedTask[]; updates: PlannedTask[] } {
  const tasks: PlannedTask[] = [];
  const updates: PlannedTask[] = [];
  for (const play of compiled.plays) {
    const { slug } = play.play;
    const score = now.scores.get(play.score.name);
    const standing = prior.tasks.find((task) => task.play === slug);
    if (!score || score.value === null || standing?.state === "taken") continue;
    const fired = firedKey(play, now, score, prior, moment, options);
    const call = fired !== null && play.holds(now, moment) ? fired : null;
    const settings = taskSettings(play, now, moment);
    const before = valueBefore(score.name, prior, call === null ? standing : undefined);
    const plan = (key: string) => ({
      ...plannedTask(compiled, play, settings, now, score, before, moment, owners),
      key,
      call,
    });
    if (!standing) {
      if (call !== null && !play.closes?.(now, moment)) tasks.push(plan(call));
    } else if (!isCauseGone(play, standing, now, prior, moment)) {
      const isEscalated = settings.escalation !== null && settings.escalation !== standing.escalation;
      if (call !== null || isEscalated || standing.state === "waiting") updates.push(plan(standing.key));
    }
  }
  return { tasks, updates };
}

/** What a task's change counts from: the last value, or for a task that stands, the one before the call for it. */
function valueBefore(name: string, prior: Prior, standing: StandingTask | undefined): number | null {
  if (!standing) return prior.scores.get(name)?.value ?? null;
  return standingAt(prior.history.get(name) ?? [], standing.calledAt - 1)?.value ?? null;
}

function plannedTask(
  compiled: CompiledRuleset,
  { play, score: rules, subject, body }: CompiledPlay,
  { owner, dueWorkingDays, priority, type, escalation }: ReturnType<typeof taskSettings>,
  now: PlayNow,
  score: Score,
  before: number | null,
  moment: Moment,
  owners: TaskOwners,
): Omit<PlannedTask, "key" | "call"> {
  const { language, timezone, holidays, fallbackOwner, customers } = compiled.ruleset;
  const { facts } = now;
  const { ownerId, team } = ownerOf(owner, facts, fallbackOwner, owners);
  const variables = taskVariables(compiled, rules, now, score, before);
  const remark = ownerId === null && team.length === 0 ? [wordsOf(language).noOwner] : [];
  const worth = customers.value === null ? null : numberOf(facts.company[customers.value] ?? null);
  return {
    companyId: facts.companyId,
    play: play.slug,
    subject: subject(variables).replaceAll(/\s+/g, " ").trim(),
    body: [body(variables).trim(), ...remark].join("\n"),
    dueAt: dueAfterWorkingDays(moment.instantMs, dueWorkingDays, timezone, holidays),
    dueWorkingDays,
    ownerId,
    team,
    priority,
    type,
    escalation,
    rank: clamped((100 - (score.value ?? 100)) * (worth ?? 1)),
    weeklyCapacity: play.weeklyCapacity,
  };
}

/** JSON has no infinity. */
function clamped(rank: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, rank));
}
