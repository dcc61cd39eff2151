import type { CompiledRuleset } from "../compiled-ruleset.ts";
import type { Rule, ScoreRules } from "../ruleset/score-rules.ts";
import type { Score } from "../scores/score.ts";
import type { CompiledScorecard } from "../scores/scorecard.ts";
import type { Moment } from "../time/moment.ts";
import { auditFacts, auditPlays, type FactAudit, type PlayAudit } from "./audit-conditions.ts";
import { auditSignals, type SignalAudit } from "./audit-signals.ts";
import { findRepetitions, type Repetition } from "./find-repetitions.ts";
import type { ScoredCustomer } from "./score-customer.ts";

/** What a portfolio tells of the rules: what is never known, what never matters, what repeats itself. */
export type Audit = { customers: number; signals: SignalAudit[]; scores: ScoreAudit[]; plays: PlayAudit[] };

export type ScoreAudit = {
  name: string;
  label: string;
  scored: number;
  rules: RuleAudit[];
  facts: FactAudit[];
  repetitions: Repetition[];
  /** What the customers in the worst band have in common against the rest; null where nobody is in it, or all are. */
  lowest: LowestBand | null;
};
export type RuleAudit = {
  key: string;
  label: string;
  /** The label of its dimension. */
  dimension: string;
  /** The phases that are graded by it; null is the score's own card. */
  phases: (string | null)[];
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
export function createAudit(compiled: CompiledRuleset, moment: Moment) {
  const signals = auditSignals(compiled.ruleset);
  const audits = compiled.scorecards.map((card) => auditScore(card, signals, moment));
  const plays = auditPlays(compiled, moment);
  let customers = 0;

  return {
    add(customer: ScoredCustomer): void {
      if (customer.standing !== "customer") return;
      signals.add(customer.snapshot);
      for (const audit of audits) audit.add(customer);
      plays.add(customer);
      customers += 1;
    },
    result(): Audit {
      return {
        customers,
        signals: signals.result(),
        scores: audits.map((audit) => audit.result()),
        plays: plays.result(),
      };
    },
  };
}

type Column = Pick<RuleAudit, "key" | "label" | "dimension" | "phases"> & { grades: (number | null)[] };

/** A column per rule; a phase has the very rules of the score where it names no dimensions of its own. */
function columnsOf(rules: ScoreRules): { columns: Column[]; byPhase: ReadonlyMap<string | null, Column[]> } {
  const columns = new Map<Rule, Column>();
  const byPhase = new Map<string | null, Column[]>();
  for (const [phase, card] of [[null, rules] as const, ...rules.phases.map((own) => [own.name, own] as const)]) {
    const own = card.dimensions.flatMap((dimension) =>
      dimension.rules.map((rule) => {
        const { label, signal } = rule;
        const key = `${dimension.name}.${signal}`;
        const column = columns.get(rule) ?? { key, label, dimension: dimension.label, phases: [], grades: [] };
        columns.set(rule, column);
        column.phases.push(phase);
        return column;
      }),
    );
    byPhase.set(phase, own);
  }
  return { columns: [...columns.values()], byPhase };
}

function auditScore({ rules }: CompiledScorecard, signals: ReturnType<typeof auditSignals>, moment: Moment) {
  const { name, label } = rules;
  const worst = rules.bands[0]?.name ?? "";
  const { columns, byPhase } = columnsOf(rules);
  const facts = auditFacts(rules, moment);
  const bands: string[] = [];

  function add(customer: ScoredCustomer): void {
    const score = customer.scores.get(name);
    bands.push(bandOf(score));
    facts.add(customer);
    // The contributions of a score are the rules of its card, in their order.
    const own = byPhase.get(score?.phase ?? null) ?? [];
    for (const [index, column] of own.entries()) column.grades.push(score?.contributions[index]?.grade ?? null);
    // A rule of another phase has no grade.
    for (const column of columns) if (column.grades.length < bands.length) column.grades.push(null);
  }

  function result(): ScoreAudit {
    return {
      name,
      label,
      scored: bands.filter((band) => band !== "unknown").length,
      rules: columns.map(auditRule),
      facts: facts.result(),
      repetitions: findRepetitions(columns),
      lowest: compareLowest(),
    };
  }

  function compareLowest(): LowestBand | null {
    const inBand = bands.map((band) => band === worst);
    const inRest = bands.map((band) => band !== worst && band !== "unknown");
    const [customers, others] = [inBand, inRest].map((flags) => flags.filter(Boolean).length);
    if (!customers || !others) return null;
    const compared = columns.flatMap(({ label: ruleLabel, grades }) => {
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

function auditRule({ grades, ...rule }: Column): RuleAudit {
  const known = grades.filter((grade) => grade !== null);
  const [first] = known;
  const base = { ...rule, graded: known.length, grade: null };
  if (first === undefined) return { ...base, verdict: null };
  if (known.length > 1 && known.every((grade) => grade === first)) {
    return { ...base, verdict: "same_grade", grade: first };
  }
  if (known.every((grade) => grade === 100)) return { ...base, verdict: "never_costs" };
  return { ...base, verdict: known.every((grade) => grade < 100) ? "always_costs" : null };
}
