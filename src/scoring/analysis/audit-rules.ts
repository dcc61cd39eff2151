import type { CompiledRuleset } from "../compiled-ruleset.ts";
import type { Score } from "../scores/score.ts";
import type { CompiledScorecard } from "../scores/scorecard.ts";
import { auditSignals, type SignalAudit } from "./audit-signals.ts";
import { findRepetitions, type Repetition } from "./find-repetitions.ts";
import type { ScoredCustomer } from "./score-customer.ts";

/** What a portfolio tells of the rules: what is never known, what never matters, what repeats itself. */
export type Audit = { customers: number; signals: SignalAudit[]; scores: ScoreAudit[] };

export type ScoreAudit = {
  name: string;
  label: string;
  scored: number;
  rules: RuleAudit[];
  repetitions: Repetition[];
  /** What the customers in the worst band have in common against the rest; null where nobody is in it, or all are. */
  lowest: LowestBand | null;
};
export type RuleAudit = {
  key: string;
  label: string;
  /** How many customers it graded. */
  graded: number;
  /** Null where nobody was graded. */
  verdict: "same_grade" | "never_costs" | "always_costs" | null;
  /** The grade that all have, for `same_grade`. */
  grade: number | null;
};
export type LowestBand = {
  band: string;
  customers: number;
  others: number;
  /** Per rule the share with a grade under 50, 0..1, of those graded in the band and of the rest, by the difference. */
  rules: { label: string; inBand: number; inRest: number }[];
  /** The signals that (nearly) none of them uses, and most of the rest do. */
  unused: { label: string; inBand: number; inRest: number }[];
};

/** A grade under it is a bad one. */
const BAD = 50;

/** Audits a ruleset over a portfolio, company by company; of a customer only its grades are kept. */
export function createAudit({ ruleset, scorecards }: CompiledRuleset) {
  const signals = auditSignals(ruleset);
  const audits = scorecards.map((card) => auditScore(card, signals));
  let customers = 0;

  return {
    add(customer: ScoredCustomer): void {
      if (customer.standing !== "customer") return;
      signals.add(customer.snapshot);
      for (const audit of audits) audit.add(customer);
      customers += 1;
    },
    result(): Audit {
      return { customers, signals: signals.result(), scores: audits.map((audit) => audit.result()) };
    },
  };
}

type Column = { label: string; grades: (number | null)[] };

function auditScore({ rules }: CompiledScorecard, signals: ReturnType<typeof auditSignals>) {
  const { name, label } = rules;
  const worst = rules.bands[0]?.name ?? "";
  const columns = new Map<string, Column>();
  const bands: string[] = [];

  function add({ scores }: ScoredCustomer): void {
    const score = scores.get(name);
    for (const { dimension, signal, label: ruleLabel, grade } of score?.contributions ?? []) {
      const key = `${dimension}.${signal}`;
      const column = columns.get(key) ?? { label: ruleLabel, grades: [] };
      columns.set(key, column);
      // A rule of another phase has no grade for the customers before.
      while (column.grades.length < bands.length) column.grades.push(null);
      // Two rules of a dimension may grade one signal; the first speaks for it.
      if (column.grades.length === bands.length) column.grades.push(grade);
    }
    bands.push(bandOf(score));
    for (const column of columns.values()) if (column.grades.length < bands.length) column.grades.push(null);
  }

  function result(): ScoreAudit {
    return {
      name,
      label,
      scored: bands.filter((band) => band !== "unknown").length,
      rules: [...columns].map(([key, column]) => auditRule(key, column)),
      repetitions: findRepetitions([...columns.values()]),
      lowest: compareLowest(),
    };
  }

  function compareLowest(): LowestBand | null {
    const inBand = bands.map((band) => band === worst);
    const inRest = bands.map((band) => band !== worst && band !== "unknown");
    const [customers, others] = [inBand, inRest].map((flags) => flags.filter(Boolean).length);
    if (!customers || !others) return null;
    const compared = [...columns.values()].flatMap(({ label: ruleLabel, grades }) => {
      const shares = [inBand, inRest].map((flags) => shareBad(grades.filter((_, index) => flags[index])));
      const [own, rest] = shares;
      return own == null || rest == null ? [] : [{ label: ruleLabel, inBand: own, inRest: rest }];
    });
    return {
      band: worst,
      customers,
      others,
      rules: compared.toSorted((a, b) => b.inBand - b.inRest - (a.inBand - a.inRest)),
      unused: signals.unused(inBand, inRest),
    };
  }

  return { add, result };
}

function bandOf(score: Score | undefined): string {
  return score?.value == null ? "unknown" : score.band;
}

function shareBad(grades: readonly (number | null)[]): number | null {
  const known = grades.filter((grade) => grade !== null);
  return known.length === 0 ? null : known.filter((grade) => grade < BAD).length / known.length;
}

function auditRule(key: string, { label, grades }: Column): RuleAudit {
  const known = grades.filter((grade) => grade !== null);
  const [first] = known;
  const base = { key, label, graded: known.length, grade: null };
  if (first === undefined) return { ...base, verdict: null };
  if (known.length > 1 && known.every((grade) => grade === first)) {
    return { ...base, verdict: "same_grade", grade: first };
  }
  if (known.every((grade) => grade === 100)) return { ...base, verdict: "never_costs" };
  return { ...base, verdict: known.every((grade) => grade < 100) ? "always_costs" : null };
}
