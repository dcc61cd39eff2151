import type { CompiledRuleset } from "../compiled-ruleset.ts";
import { leftOutOf, type LeftOut } from "./left-out.ts";
import type { Moment } from "../time/moment.ts";
import { reservedBands, type ScoreRules } from "../ruleset/score-rules.ts";
import type { CompiledScorecard } from "../scores/scorecard.ts";
import { comparePlays, type PlayComparison } from "./compare-plays.ts";
import type { ScoredCustomer } from "./score-customer.ts";
import { greatestMover } from "./score-parts.ts";

/** The band of a company that a ruleset takes for no customer. */
export const NOT_A_CUSTOMER = "not_a_customer";
/** So many of those whose score moves most are told, whether or not they change band. */
const MOST_MOVERS = 20;

export type PortfolioComparison = {
  companies: number;
  scores: ScoreComparison[];
  /** Scores that one of the two rulesets does not have. */
  onlyBefore: string[];
  onlyAfter: string[];
  /** Where the customers are by the scores that only the new ruleset has. */
  added: AddedScore[];
  /** Scores that nothing is left of, because nothing of them is mirrored. */
  unscored: string[];
  plays: PlayComparison[];
};

export type AddedScore = {
  name: string;
  label: string;
  without: readonly string[];
  /** In order, from the worst, those that are no named band last; only those that somebody is in. */
  bands: { name: string; companies: number; worth: number }[];
};
export type ScoreComparison = {
  name: string;
  label: string;
  /** The signals that were left out of it because they are not mirrored: moves may come from that alone. */
  without: readonly string[];
  /** The names of the bands in order, from the worst, those that are no named band last. */
  bands: string[];
  /** Every pair of bands that somebody is in, those who stay among them. */
  moves: BandMove[];
  /** Who changes band, the lowest new score first. */
  movers: Mover[];
  /** Whose score moves most. */
  biggest: Mover[];
  /** The mean share of the weight that is known, 0..1, over those scored; null where nobody is. */
  coverage: { before: number | null; after: number | null };
};
export type BandMove = { from: string; to: string; companies: number; worth: number };
export type Mover = {
  companyId: string;
  name: string;
  worth: number | null;
  from: { band: string; value: number | null };
  to: { band: string; value: number | null };
  /** The rule, adjustment or limit that moved it most, and by how many points. */
  because: { label: string; points: number } | null;
};

/** Compares two rulesets over a portfolio, company by company; only what is told is kept. */
export function createComparison(
  before: CompiledRuleset,
  after: CompiledRuleset,
  moment: Moment,
  leftOut: LeftOut = leftOutOf([]),
) {
  const cards = new Map(before.scorecards.map((card) => [card.rules.name, card]));
  const withoutOf = (name: string) => leftOut.signals.get(name) ?? [];
  const shared = after.scorecards.flatMap((card) => {
    const old = cards.get(card.rules.name);
    return old ? [compareScore(old, card, withoutOf(card.rules.name))] : [];
  });
  const namesOf = ({ scorecards }: CompiledRuleset) => scorecards.map(({ rules }) => rules.name);
  const isGone = (name: string, others: CompiledRuleset) =>
    !namesOf(others).includes(name) && !leftOut.scores.has(name);
  const onlyBefore = namesOf(before).filter((name) => isGone(name, after));
  const onlyAfter = namesOf(after).filter((name) => isGone(name, before));
  const added = after.scorecards
    .filter(({ rules }) => onlyAfter.includes(rules.name))
    .map(({ rules }) => countBands(rules, withoutOf(rules.name)));
  const plays = comparePlays(before, after, moment, leftOut);
  let companies = 0;

  return {
    /** One company, scored by both. */
    add(old: ScoredCustomer, next: ScoredCustomer): void {
      companies += 1;
      for (const score of shared) score.add(old, next);
      for (const score of added) score.add(next);
      plays.add(old, next);
    },
    result(): PortfolioComparison {
      return {
        companies,
        scores: shared.map((score) => score.result()),
        onlyBefore,
        onlyAfter,
        added: added.map((score) => score.result()),
        unscored: [...leftOut.scores],
        plays: plays.result(),
      };
    },
  };
}

/** The names of the bands of scores in order: of the first one from the worst, of phases, and those without a name. */
function bandsOf(scores: readonly ScoreRules[]): string[] {
  const named = scores.flatMap((rules) =>
    [rules, ...rules.phases].flatMap(({ bands }) => bands.map(({ name }) => name)),
  );
  return [...new Set([...named, ...reservedBands, NOT_A_CUSTOMER])];
}

function countBands(rules: ScoreRules, without: readonly string[]) {
  const { name, label } = rules;
  const counts = new Map(bandsOf([rules]).map((band) => [band, { name: band, companies: 0, worth: 0 }]));
  return {
    add({ scores, worth }: ScoredCustomer): void {
      const count = counts.get(scores.get(name)?.band ?? NOT_A_CUSTOMER);
      if (!count) return;
      count.companies += 1;
      count.worth += worth ?? 0;
    },
    result(): AddedScore {
      return { name, label, without, bands: [...counts.values()].filter(({ companies }) => companies > 0) };
    },
  };
}

function compareScore(before: CompiledScorecard, { rules }: CompiledScorecard, without: readonly string[]) {
  const { name, label } = rules;
  const bands = bandsOf([rules, before.rules]);
  const moves = new Map<string, BandMove>();
  const movers: Mover[] = [];
  let biggest: { mover: Mover; by: number }[] = [];
  const coverage = { before: { sum: 0, count: 0 }, after: { sum: 0, count: 0 } };

  function place({ scores }: ScoredCustomer, sum: { sum: number; count: number }) {
    const score = scores.get(name);
    if (score && score.band !== "churned") {
      sum.sum += score.coverage;
      sum.count += 1;
    }
    return { band: score?.band ?? NOT_A_CUSTOMER, value: score?.value ?? null };
  }

  return {
    add(old: ScoredCustomer, next: ScoredCustomer): void {
      const from = place(old, coverage.before);
      const to = place(next, coverage.after);
      const key = `${from.band} ${to.band}`;
      const move = moves.get(key) ?? { from: from.band, to: to.band, companies: 0, worth: 0 };
      moves.set(key, { ...move, companies: move.companies + 1, worth: move.worth + (next.worth ?? 0) });
      const by = from.value === null || to.value === null ? 0 : Math.abs(to.value - from.value);
      const isBig = by > (biggest.length < MOST_MOVERS ? 0 : (biggest.at(-1)?.by ?? 0));
      if (from.band === to.band && !isBig) return;
      const scores = [old.scores.get(name), next.scores.get(name)] as const;
      const part = scores[0] && scores[1] ? greatestMover(scores[0], scores[1]) : null;
      const because = part && { label: part.label, points: Math.round(part.points * 10) / 10 };
      const mover = { companyId: next.companyId, name: next.name, worth: next.worth, from, to, because };
      if (from.band !== to.band) movers.push(mover);
      if (isBig) biggest = [...biggest, { mover, by }].toSorted((a, b) => b.by - a.by).slice(0, MOST_MOVERS);
    },
    result(): ScoreComparison {
      const rank = (band: string) => bands.indexOf(band);
      return {
        name,
        label,
        without,
        bands,
        moves: [...moves.values()].toSorted((a, b) => rank(a.from) - rank(b.from) || rank(a.to) - rank(b.to)),
        movers: movers.toSorted(
          (a, b) => rank(a.to.band) - rank(b.to.band) || (a.to.value ?? 101) - (b.to.value ?? 101),
        ),
        biggest: biggest.map(({ mover }) => mover),
        coverage: { before: meanOf(coverage.before), after: meanOf(coverage.after) },
      };
    },
  };
}

function meanOf({ sum, count }: { sum: number; count: number }): number | null {
  return count === 0 ? null : sum / count;
}
