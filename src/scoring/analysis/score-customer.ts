import type { CompiledRuleset, Standing } from "../compiled-ruleset.ts";
import type { Facts } from "../facts.ts";
import { numberOf } from "../fields/field-reader.ts";
import type { Moment } from "../time/moment.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import { churnedScore, type Score } from "../scores/score.ts";
import type { Snapshot } from "../signals/snapshot.ts";

/** A company scored by one ruleset at one moment; nothing of it is kept. */
export type ScoredCustomer = {
  companyId: string;
  name: string;
  /** What the customer is worth by `customers.value`; null where that is unknown. */
  worth: number | null;
  facts: Facts;
  standing: Standing;
  snapshot: Snapshot;
  /** By name; none for a company that is no customer. */
  scores: ReadonlyMap<string, Score>;
};

/** Scores a company as a decision would; `before` is the snapshot of its last decision. */
export function scoreCustomer(
  compiled: CompiledRuleset,
  facts: Facts,
  moment: Moment,
  before: Snapshot | null,
): ScoredCustomer {
  const standing = compiled.standingOf(facts.company, moment);
  const { companyId, company } = facts;
  const base = { companyId, name: company.name ?? "", worth: worthOf(compiled.ruleset, facts), facts, standing };
  if (standing !== "customer") {
    const left = standing === "left" ? compiled.scorecards : [];
    const { hash } = compiled.ruleset;
    const scores = new Map(left.map(({ rules: { name } }) => [name, churnedScore(name, hash, null)]));
    return { ...base, snapshot: new Map(), scores };
  }
  const snapshot = compiled.takeSnapshot(facts, moment, before);
  const scores = new Map(compiled.scorecards.map((card) => [card.rules.name, card.score(snapshot, moment)]));
  return { ...base, snapshot, scores };
}

function worthOf({ customers }: Ruleset, { company }: Facts): number | null {
  return customers.value === null ? null : numberOf(company[customers.value] ?? null);
}
