import type { CompiledRuleset } from "../compiled-ruleset.ts";
import type { Moment } from "../time/moment.ts";
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
  plays: PlayComparison[];
};

export type ScoreComparison = {
  name: string;
  label: string;
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
export function createComparison(before: CompiledRuleset, after: CompiledRuleset, moment: Moment) {
  const cards = new Map(before.scorecards.map((card) => [card.rules.name, card]));
  const shared = after.scorecards.flatMap((card) => {
    const old = cards.get(card.rules.name);
    return old ? [compareScore(old, card)] : [];
  });
  const plays = comparePlays(before, after, moment);
  const namesOf = ({ scorecards }: CompiledRuleset) => scorecards.map(({ rules }) => rules.name);
  let companies = 0;

  return {
    /** One company, scored by both. */
    add(old: ScoredCustomer, next: ScoredCustomer): void {
      companies += 1;
      for (const score of shared) score.add(old, next);
      plays.add(old, next);
    },
    result(): PortfolioComparison {
      return {
        companies,
        scores: shared.map((score) => score.result()),
        onlyBefore: namesOf(before).filter((name) => !namesOf(after).includes(name)),
        onlyAfter: namesOf(after).filter((name) => !namesOf(before).includes(name)),
        plays: plays.result(),
      };
    },
  };
}

function compareScore(before: CompiledScorecard, { rules }: CompiledScorecard) {
  const { name, label } = rules;
  const named = [...new Set([...rules.bands, ...before.rules.bands].map((band) => band.name))];
  const bands = [...named, "unknown", "churned", NOT_A_CUSTOMER];
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
