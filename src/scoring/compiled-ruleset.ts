import { createCalendar, type Calendar } from "./calendar.ts";
import { compileRecordCondition } from "./condition.ts";
import type { Facts, PropertyValues } from "./facts.ts";
import type { Moment } from "./moment.ts";
import type { Play, Ruleset, ScoreRules } from "./ruleset.ts";
import type { Score } from "./score.ts";
import { compileScorecard } from "./scorecard.ts";
import { compileSignal } from "./signal-reader.ts";
import type { Snapshot } from "./snapshot.ts";
import { compileTaskText, type TaskText } from "./task-text.ts";

/** A ruleset with everything worked out that does not depend on a customer. */
export type CompiledRuleset = {
  ruleset: Ruleset;
  calendar: Calendar;
  standingOf(company: PropertyValues, moment: Moment): Standing;
  takeSnapshot(facts: Facts, moment: Moment): Snapshot;
  scorecards: readonly { rules: ScoreRules; score: (snapshot: Snapshot, moment: Moment) => Score }[];
  plays: readonly { play: Play; subject: TaskText; body: TaskText }[];
};

/** Whether a company is a customer: only a `customer` is scored; one that has `left` keeps its last values. */
export type Standing = "customer" | "left" | "stranger";

export function compileRuleset(ruleset: Ruleset): CompiledRuleset {
  const isCustomer = compileRecordCondition("company", ruleset.customers.where);
  const hasLeft = ruleset.customers.churned && compileRecordCondition("company", ruleset.customers.churned);
  const readers = ruleset.signals.map((signal) => ({ name: signal.name, read: compileSignal(signal) }));
  return {
    ruleset,
    calendar: createCalendar(ruleset.timezone),
    standingOf(company, moment) {
      if (hasLeft?.(company, moment)) return "left";
      return isCustomer(company, moment) ? "customer" : "stranger";
    },
    takeSnapshot: (facts, moment) => new Map(readers.map(({ name, read }) => [name, read(facts, moment)])),
    scorecards: ruleset.scores.map((rules) => ({ rules, score: compileScorecard(rules, ruleset.hash) })),
    plays: ruleset.plays.map((play) => ({
      play,
      subject: compileTaskText(play.task.subject),
      body: compileTaskText(play.task.body),
    })),
  };
}
