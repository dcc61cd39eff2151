import { bandOf } from "./band.ts";
import { compileSnapshotCondition } from "./condition.ts";
import { compileGrade } from "./grade.ts";
import type { Moment } from "./moment.ts";
import type { Dimension, ScoreRules } from "./ruleset.ts";
import type { Contribution, DimensionScore, Score } from "./score.ts";
import { shareOut } from "./share-out.ts";
import type { Snapshot } from "./snapshot.ts";

export type Scorecard = (snapshot: Snapshot, moment: Moment) => Score;

/**
 * A score's rules as a function of a snapshot.
 *
 * A dimension is the weighted mean of the grades known in it, the score the weighted mean of the dimensions known, so
 * that what is unknown leaves the denominator. Then come the adjustments, the ends of the scale (0 and 100), floors,
 * and caps last: where both apply, the worse news holds.
 */
export function compileScorecard(rules: ScoreRules, rulesetHash: string): Scorecard {
  const dimensions = rules.dimensions.map(compileDimension);
  const totalWeight = rules.dimensions.reduce((sum, { weight }) => sum + weight, 0);
  const adjustments = rules.adjustments.map((adjustment) => ({
    ...adjustment,
    holds: compileSnapshotCondition(adjustment.when),
  }));
  const limits = rules.limits.map((limit) => ({ ...limit, holds: compileSnapshotCondition(limit.when) }));

  return (snapshot, moment) => {
    const graded = dimensions.map((grade) => grade(snapshot));
    const knownWeight = graded.reduce((sum, { weight, mean }) => (mean === null ? sum : sum + weight), 0);
    const coverage = cleaned(graded.reduce((sum, { weight, coverage }) => sum + (weight / totalWeight) * coverage, 0));
    const contributions = graded.flatMap(({ weight, rules }) =>
      rules.map((rule): Unrounded => {
        const share = knownWeight > 0 ? (weight / knownWeight) * rule.shareOfDimension : 0;
        return { ...rule, share, exact: cleaned(share * (rule.grade ?? 0)) };
      }),
    );
    const dimensionScores = graded.map(({ name, label, weight, mean }): DimensionScore => ({
      name,
      label,
      value: mean === null ? null : Math.round(cleaned(mean)),
      share: mean === null ? 0 : weight / knownWeight,
    }));
    const base = { name: rules.name, rulesetHash, coverage, dimensions: dimensionScores };
    if (knownWeight === 0 || coverage < rules.minimumCoverage) {
      const none = { contributions: contributions.map(contributionOf(0)), adjustments: [], scale: 0, limit: null };
      return { ...base, value: null, band: bandOf(rules.bands, null), ...none };
    }

    const fired = adjustments.filter(({ holds }) => holds(snapshot, moment));
    const adjusted = fired.reduce((sum, { points }) => sum + points, 0);
    const weighted = cleaned(contributions.reduce((sum, { exact }) => sum + exact, 0));
    const bounded = Math.min(100, Math.max(0, weighted + adjusted));
    const limit = strictest(
      limits.filter(({ holds }) => holds(snapshot, moment)),
      bounded,
    );
    const value = limit ? limit.at : Math.round(bounded);

    // Tenths, as whole numbers. Only an unbounded, unlimited score has a remainder for the contributions to take up.
    const atScale = bounded !== weighted + adjusted;
    const valueTenths = value * 10;
    const target = atScale || limit ? Math.round(weighted * 10) : valueTenths - adjusted * 10;
    const tenths = shareOut(
      contributions.map(({ exact }) => exact * 10),
      target,
    );
    const boundedTenths = atScale ? bounded * 10 : target + adjusted * 10;
    return {
      ...base,
      value,
      band: bandOf(rules.bands, value),
      contributions: contributions.map((contribution, index) =>
        contributionOf((tenths[index] ?? 0) / 10)(contribution),
      ),
      adjustments: fired.map(({ label, points }) => ({ label, points })),
      scale: atScale ? (boundedTenths - target - adjusted * 10) / 10 : 0,
      limit: limit
        ? { kind: limit.kind, label: limit.label, at: limit.at, points: (valueTenths - boundedTenths) / 10 }
        : null,
    };
  };
}

type GradedRule = Pick<Contribution, "dimension" | "signal" | "label" | "observation" | "grade"> & {
  shareOfDimension: number;
};
type Unrounded = GradedRule & { share: number; exact: number };

function contributionOf(points: number): (unrounded: Unrounded) => Contribution {
  return ({ dimension, signal, label, observation, grade, share }) => {
    const lost = share * (100 - (grade ?? 0));
    return { dimension, signal, label, observation, grade, share, points, lost };
  };
}

/** Binary fractions of decimal weights: 0.1 + 0.2 must not miss a minimum of 0.3, nor 49.499999999999996 be 49.5. */
function cleaned(number: number): number {
  return Math.round(number * 1e9) / 1e9;
}

type GradedDimension = {
  name: string;
  label: string;
  weight: number;
  /** Of the known grades; null where none is known. */
  mean: number | null;
  coverage: number;
  rules: GradedRule[];
};

function compileDimension(dimension: Dimension): (snapshot: Snapshot) => GradedDimension {
  const { name, label, weight } = dimension;
  const rules = dimension.rules.map((rule) => ({ ...rule, gradeOf: compileGrade(rule.grade) }));
  const allWeight = rules.reduce((sum, rule) => sum + rule.weight, 0);
  return (snapshot) => {
    let known = 0;
    let total = 0;
    const graded = rules.map((rule) => {
      const observation = snapshot.get(rule.signal) ?? { known: false as const, why: "blank" as const };
      const grade = observation.known ? rule.gradeOf(observation.value) : null;
      if (grade !== null) {
        known += rule.weight;
        total += rule.weight * grade;
      }
      return { rule, observation, grade };
    });
    return {
      name,
      label,
      weight,
      mean: known > 0 ? total / known : null,
      coverage: known / allWeight,
      rules: graded.map(({ rule, observation, grade }) => ({
        dimension: name,
        signal: rule.signal,
        label: rule.label,
        observation,
        grade,
        shareOfDimension: grade === null ? 0 : rule.weight / known,
      })),
    };
  };
}

type Limit = ScoreRules["limits"][number];

function strictest(fired: readonly Limit[], bounded: number): Limit | null {
  const floors = fired.filter(({ kind, at }) => kind === "floor" && at > bounded);
  const floor = floors.reduce<Limit | null>((best, limit) => (best && best.at >= limit.at ? best : limit), null);
  const floored = floor?.at ?? bounded;
  const caps = fired.filter(({ kind, at }) => kind === "cap" && at < floored);
  const cap = caps.reduce<Limit | null>((best, limit) => (best && best.at <= limit.at ? best : limit), null);
  return cap ?? floor;
}
