import { explainChange, type ScoreChange } from "../scoring/analysis/explain-change.ts";
import { scoreCustomer } from "../scoring/analysis/score-customer.ts";
import { smallestChange, type WayUp } from "../scoring/analysis/smallest-change.ts";
import { isoDateOfDay } from "../scoring/time/calendar.ts";
import { createMoment } from "../scoring/time/moment.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { portfolioContext, portfolioMoment } from "./read-portfolio.ts";
import type { StoredDecision } from "./store-port.ts";

/** No company of this id is in the mirror. */
export class UnknownCompany extends Error {
  readonly companyId: string;

  constructor(companyId: string) {
    super(
      `company ${companyId} is not known: it is no customer by the rules, or no sync has run since it became one; ` +
        "run `health sync` to bring the mirror up to date",
    );
    this.name = "UnknownCompany";
    this.companyId = companyId;
  }
}

/** Nothing can be compared with a day that has not been yet. Days are ISO dates. */
export class DayAhead extends Error {
  readonly day: string;
  readonly today: string;

  constructor(day: string, today: string) {
    super(`${day} has not been yet: allowed is ${today} and any day before it`);
    this.name = "DayAhead";
    this.day = day;
    this.today = today;
  }
}

export type Explanation = {
  /** Its scores in the order of the rules. */
  decision: StoredDecision;
  /** By the name of the score; null where there is no better band. None before the first sweep. */
  waysUp: ReadonlyMap<string, WayUp | null>;
  /** By the name of the score: what it moved by since an instant; null where nothing stood then. */
  changes: ReadonlyMap<string, { since: Date; change: ScoreChange } | null>;
};

type Context = Pick<PipelineContext, "store" | "rules" | "now">;

/**
 * How the scores of a company came about, what would bring it to a better band, and, where `at` is given, why its scores
 * are others than they were then. A company that was merged into another is found by its old id too. Asks the store alone. Throws `DayAhead` and `UnknownCompany`.
 */
export async function explainCompany(context: Context, toldId: string, at: Date | null): Promise<Explanation> {
  const { store, rules, now } = context;
  const [day, today] = [at ?? now(), now()].map((instant) => rules.calendar.dayOf(instant.getTime())) as [
    number,
    number,
  ];
  if (day > today) throw new DayAhead(isoDateOfDay(day), isoDateOfDay(today));
  const companyId = await store.identities.currentId(toldId);
  const stored = await store.decisions.read(companyId);
  if (!stored) throw new UnknownCompany(toldId);
  const order = rules.ruleset.scores.map(({ name }) => name);
  const scores = stored.scores.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const decision = { ...stored, scores };
  const company = await store.portfolio.readOne(companyId, {
    ...(await portfolioContext(store, [rules])),
    withSignals: true,
  });
  const waysUp = new Map<string, WayUp | null>();
  const changes = new Map<string, { since: Date; change: ScoreChange } | null>();
  // Without a score there is nothing to compare, and the portal may not have been read.
  if (!company || decision.scores.length === 0) return { decision, waysUp, changes };

  const { facts, before } = company;
  const moment = await portfolioMoment(store, rules, now());
  const { standing, snapshot } = scoreCustomer(rules, facts, moment, before);
  if (standing !== "customer") return { decision, waysUp, changes };
  for (const card of rules.scorecards) {
    waysUp.set(card.rules.name, smallestChange(card, rules.ruleset, snapshot, moment));
  }
  if (at === null) return { decision, waysUp, changes };

  const stood = await store.portfolio.scoresAt(companyId, at);
  for (const card of rules.scorecards) {
    const { name } = card.rules;
    const then = stood.find((score) => score.name === name);
    if (!then) {
      changes.set(name, null);
      continue;
    }
    const momentThen = createMoment(then.at, rules.calendar, moment.closedStages);
    const past = { score: then.score, snapshot: then.signals, moment: momentThen };
    changes.set(name, { since: then.at, change: explainChange(rules, card, past, { facts, snapshot, moment }) });
  }
  return { decision, waysUp, changes };
}
