import type { CompiledPlay } from "../plays/compiled-play.ts";
import type { CompiledRuleset } from "../compiled-ruleset.ts";
import { compileSnapshotCondition } from "../fields/condition.ts";
import type { ScoreRules } from "../ruleset/score-rules.ts";
import type { Moment } from "../time/moment.ts";
import type { ScoredCustomer } from "./score-customer.ts";

/** An adjustment, a limit or a phase: for how many of the customers that it is asked of it holds now. */
export type FactAudit = {
  kind: "adjustment" | "cap" | "floor" | "phase";
  label: string;
  /** The phases whose cards have it; null is the score's own card. A phase is asked of all. */
  phases: (string | null)[];
  asked: number;
  holds: number;
  verdict: Verdict;
};
export type PlayAudit = {
  name: string;
  slug: string;
  /** How many customers pass the conditions of the play now; all where it has none. */
  holds: number;
  /** Of its conditions; null where it has none. */
  verdict: Verdict;
  /** The band that the play asks for and how many are in it; null where it asks for none. */
  band: { name: string; customers: number } | null;
};
export type Verdict = "never" | "always" | null;

/** Counts for whom the adjustments, limits and phases of a score hold. Customers count for a phase that is their own. */
export function auditFacts(rules: ScoreRules, moment: Moment) {
  type Fact = Omit<FactAudit, "verdict"> & { isHeld: (customer: ScoredCustomer) => boolean };
  const facts = new Map<object, Fact>();
  const phaseOf = ({ scores }: ScoredCustomer) => scores.get(rules.name)?.phase ?? null;
  for (const [phase, card] of [[null, rules] as const, ...rules.phases.map((own) => [own.name, own] as const)]) {
    // A phase has the very adjustments of the score where it names none of its own.
    for (const fact of [...card.adjustments, ...card.limits]) {
      const known = facts.get(fact);
      if (known) known.phases.push(phase);
      else {
        const holds = compileSnapshotCondition(fact.when);
        facts.set(fact, {
          kind: "kind" in fact ? fact.kind : "adjustment",
          label: fact.label,
          phases: [phase],
          asked: 0,
          holds: 0,
          isHeld: ({ snapshot }) => holds(snapshot, moment),
        });
      }
    }
  }
  for (const phase of rules.phases) {
    const isHeld = (customer: ScoredCustomer) => phaseOf(customer) === phase.name;
    const all = [null, ...rules.phases.map(({ name }) => name)];
    facts.set(phase, { kind: "phase", label: phase.label, phases: all, asked: 0, holds: 0, isHeld });
  }

  return {
    add(customer: ScoredCustomer): void {
      const own = phaseOf(customer);
      for (const fact of facts.values()) {
        if (!fact.phases.includes(own)) continue;
        fact.asked += 1;
        if (fact.isHeld(customer)) fact.holds += 1;
      }
    },
    result: (): FactAudit[] =>
      [...facts.values()].map(({ kind, label, phases, asked, holds }) => {
        return { kind, label, phases, asked, holds, verdict: verdictOf(holds, asked) };
      }),
  };
}

/** Counts for whom the conditions of plays hold, and who is in the bands that they ask for. */
export function auditPlays({ plays }: CompiledRuleset, moment: Moment) {
  const audits = plays.map((compiled) => ({ compiled, band: bandOf(compiled), holds: 0, inBand: 0 }));
  let customers = 0;
  return {
    add(customer: ScoredCustomer): void {
      customers += 1;
      for (const audit of audits) {
        if (audit.compiled.holds(customer, moment)) audit.holds += 1;
        if (audit.band && customer.scores.get(audit.band.score)?.band === audit.band.name) audit.inBand += 1;
      }
    },
    result: (): PlayAudit[] =>
      audits.map(({ compiled: { play }, band, holds, inBand }) => ({
        name: play.name,
        slug: play.slug,
        holds,
        verdict: play.conditions.length === 0 ? null : verdictOf(holds, customers),
        band: band && { name: band.name, customers: inBand },
      })),
  };
}

function bandOf({ play: { trigger } }: CompiledPlay): { score: string; name: string } | null {
  return "band" in trigger ? { score: trigger.score, name: trigger.band } : null;
}

function verdictOf(holds: number, asked: number): Verdict {
  if (asked === 0) return null;
  return holds === 0 ? "never" : holds === asked ? "always" : null;
}
