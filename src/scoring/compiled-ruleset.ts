import { createCalendar, type Calendar } from "./time/calendar.ts";
import { compileRecordCondition } from "./fields/condition.ts";
import type { Facts, PropertyValues, Source } from "./facts.ts";
import { compileHolding } from "./signals/hold-values.ts";
import type { Moment } from "./time/moment.ts";
import { compileOverrides } from "./scores/override.ts";
import { compilePlay, type CompiledPlay } from "./plays/compiled-play.ts";
import { readPropertiesOf, type ReadProperties } from "./ruleset/read-properties.ts";
import { linkedSources, readSources } from "./ruleset/read-sources.ts";
import type { Ruleset } from "./ruleset/ruleset.ts";
import { compileScorecard, type CompiledScorecard } from "./scores/scorecard.ts";
import type { Snapshot } from "./signals/snapshot.ts";
import { compileSignals } from "./signals/take-signals.ts";

/** A ruleset with everything worked out that does not depend on a customer. */
export type CompiledRuleset = {
  ruleset: Ruleset;
  calendar: Calendar;
  reads: ReadProperties;
  /** The record types that are read, and those of them that count at every company they are linked to. */
  sources: ReadonlySet<Source>;
  linkedSources: ReadonlySet<Source>;
  /** Whom it calls customers, as a text that is the same for the same answer; of two rulesets in transition, both. */
  customers: readonly string[];
  /** The conditions behind it; of two rulesets in transition, both. */
  customerTests: readonly Pick<Ruleset["customers"], "where" | "churned">[];
  standingOf(company: PropertyValues, moment: Moment): Standing;
  /** `before` is the snapshot of the last decision, for rules that hold a value that went missing. */
  takeSnapshot(facts: Facts, moment: Moment, before: Snapshot | null): Snapshot;
  scorecards: readonly CompiledScorecard[];
  plays: readonly CompiledPlay[];
};

/** Whether a company is a customer: only a `customer` is scored; one that has `left` keeps its last values. */
export type Standing = "customer" | "left" | "stranger";

export function compileRuleset(ruleset: Ruleset): CompiledRuleset {
  const isCustomer = compileRecordCondition("company", ruleset.customers.where);
  const hasLeft = ruleset.customers.churned && compileRecordCondition("company", ruleset.customers.churned);
  const readSignals = compileSignals(ruleset);
  const readOverrides = compileOverrides(ruleset.scores);
  const hold = compileHolding(ruleset.scores);
  const { where, churned } = ruleset.customers;
  return {
    ruleset,
    calendar: createCalendar(ruleset.timezone),
    reads: readPropertiesOf(ruleset),
    sources: readSources(ruleset),
    linkedSources: linkedSources(ruleset),
    customers: [JSON.stringify({ where, churned })],
    customerTests: [{ where, churned }],
    standingOf(company, moment) {
      if (hasLeft?.(company, moment)) return "left";
      return isCustomer(company, moment) ? "customer" : "stranger";
    },
    takeSnapshot(facts, moment, before) {
      const observed = new Map([...readSignals(facts, moment), ...readOverrides(facts.company)]);
      return hold(observed, before, moment);
    },
    scorecards: ruleset.scores.map((rules) => compileScorecard(rules, ruleset)),
    plays: ruleset.plays.map((play) => compilePlay(play, ruleset)),
  };
}
