import { createComparison, type PortfolioComparison } from "../scoring/analysis/compare-portfolio.ts";
import { leftOutOf } from "../scoring/analysis/left-out.ts";
import { scoreCustomer } from "../scoring/analysis/score-customer.ts";
import { shareSnapshots } from "../scoring/analysis/share-snapshots.ts";
import { withoutSignals } from "../scoring/analysis/without-signals.ts";
import { compileRuleset, type CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import type { Ruleset } from "../scoring/ruleset/ruleset.ts";
import { findUnmirrored, type Unmirrored } from "./find-unmirrored.ts";
import { readMirrorState } from "./mirror-state.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { portfolioMoment, readPortfolio } from "./read-portfolio.ts";

/** What new rules would do to the customers of the mirror. */
export type Preview = {
  at: Date;
  comparison: PortfolioComparison;
  /** What the new rules ask for and the mirror lacks; the signals of it are left out of them. */
  unmirrored: Unmirrored;
  /** Companies that only the new rules call customers may not be in the mirror. */
  otherCustomers: boolean;
};

/** Rules that tell customers from others by what is not mirrored. */
export class CustomersNotMirrored extends Error {
  readonly fields: readonly string[];

  constructor(fields: readonly string[]) {
    super(`who is a customer depends on ${fields.join(", ")}, which is not mirrored: add --fetch to read it first`);
    this.name = "CustomersNotMirrored";
    this.fields = fields;
  }
}

/**
 * Scores every company of the mirror by the rules in force and by new ones, over the same facts at the same instant,
 * without a call to HubSpot. Throws `NothingSwept` and `CustomersNotMirrored`.
 */
export async function previewRules(
  { store, rules: inForce, now }: Pick<PipelineContext, "store" | "rules" | "now">,
  next: Ruleset,
): Promise<Preview> {
  const at = now();
  const state = await readMirrorState(store);
  const unmirrored = findUnmirrored(next, state);
  const moment = await portfolioMoment(store, inForce, at);
  if (unmirrored.customers.length > 0) throw new CustomersNotMirrored(unmirrored.customers);
  const sides = [
    { ruleset: inForce.ruleset, lacking: new Set(findUnmirrored(inForce.ruleset, state).signals) },
    { ruleset: next, lacking: new Set(unmirrored.signals) },
  ] as const;
  const [before, after] = shareSnapshots(mirroredPart(sides[0]), mirroredPart(sides[1]));
  const nextMoment = { ...moment, calendar: after.calendar, today: after.calendar.dayOf(moment.instantMs) };

  const comparison = createComparison(before, after, nextMoment, leftOutOf(sides));
  for await (const { facts, before: last } of readPortfolio(store, [before, after])) {
    comparison.add(scoreCustomer(before, facts, moment, last), scoreCustomer(after, facts, nextMoment, last));
  }
  const otherCustomers = after.customers.some((customers) => !state.customers.includes(customers));
  return { at, comparison: comparison.result(), unmirrored, otherCustomers };
}

function mirroredPart({ ruleset, lacking }: { ruleset: Ruleset; lacking: ReadonlySet<string> }): CompiledRuleset {
  return compileRuleset(withoutSignals(ruleset, lacking));
}
