import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { heldSignals } from "../scoring/signals/hold-values.ts";
import { createMoment, type Moment } from "../scoring/time/moment.ts";
import { readMirrorState, unreadableOf } from "./mirror-state.ts";
import type { PortfolioCompany, PortfolioContext } from "./portfolio-store-port.ts";
import { linkedTypes } from "./record-sources.ts";
import type { StorePort } from "./store-port.ts";

/** A mirror that no sweep has filled yet: nothing can be said of its customers. */
export class NothingSwept extends Error {
  constructor() {
    super("no sweep has run on this store yet, so there are no customers to look at: run `health sweep` first");
    this.name = "NothingSwept";
  }
}

/** Companies are read by so many at a time, with all their records. */
const RANGE = 500;

/** Every company of the mirror, in the order of ids, for rules that are all met by one reading. Nothing is locked. */
export async function* readPortfolio(
  store: StorePort,
  rulesets: readonly CompiledRuleset[],
): AsyncGenerator<PortfolioCompany> {
  const context = await portfolioContext(store, rulesets);
  for (let after = ""; ;) {
    const companies = await store.portfolio.readAfter(after, RANGE, context);
    yield* companies;
    const last = companies.at(-1);
    if (!last || companies.length < RANGE) return;
    after = last.facts.companyId;
  }
}

/** What is to be read of a company so that all of these rulesets can score it. */
export async function portfolioContext(
  store: StorePort,
  rulesets: readonly CompiledRuleset[],
): Promise<PortfolioContext> {
  return {
    unreadable: unreadableOf(await readMirrorState(store)),
    linked: new Set(rulesets.flatMap((rules) => [...linkedTypes(rules)])),
    withSignals: rulesets.some(({ ruleset }) => heldSignals(ruleset.scores).size > 0),
  };
}

/** The moment at which a portfolio is scored, by what is stored of the portal's settings. Throws `NothingSwept`. */
export async function portfolioMoment(store: StorePort, rules: CompiledRuleset, instant: Date): Promise<Moment> {
  const portal = await store.settings.read("portal_facts");
  if (!portal) throw new NothingSwept();
  return createMoment(instant, rules.calendar, new Set(portal.closedStages));
}
