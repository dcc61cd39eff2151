import { bandOf } from "./band.ts";
import { compileSnapshotCondition } from "../fields/condition.ts";
import { compileDimension, type GradedRule } from "./grade-dimension.ts";
import type { Moment } from "../time/moment.ts";
import type { Card } from "../ruleset/score-rules.ts";
import type { Contribution, DimensionScore, Score } from "./score.ts";
import { shareOut } from "./share-out.ts";
import type { Snapshot } from "../signals/snapshot.ts";
import { strictestLimit } from "./strictest-limit.ts";

/** What a card makes of a snapshot, before anybody overrides it. */
export type CardScore = Omit<Score, "name" | "rulesetHash" | "phase" | "override" | "pulse">;

/**
 * A card as a function of a snapshot.
 *
 * A dimension is the weighted mean of the grades in it, the score the weighted mean of the dimensions that have one, so
 * that what is unknown leaves the denominator. Then come the adjustments, the ends of the scale (0 and 100), floors,
 * and caps last. Where nothing is known there is no score, whatever grades stand for it.
 */
export function compileCard(card: Card): (snapshot: Snapshot, moment: Moment) => CardScore {
  const dimensions = card.dimensions.map(compileDimension);
  const totalWeight = card.dimensions.reduce((sum, { weight }) => sum + weight, 0);
  const adjustments = card.adjustments.map((adjustment) => ({
    ...adjustment,
    holds: compileSnapshotCondition(adjustment.when),
  }));
  const limits = card.limits.map((limit) => ({ ...limit, holds: compileSnapshotCondition(limit.when) }));

  return (snapshot, moment) => {
    const graded = dimensions.map((grade) => grade(snapshot, moment));
    const counted = graded.reduce((sum, { weight, mean }) => (mean === null ? sum : sum + weight), 0);
    const coverage = cleaned(graded.reduce((sum, { weight, coverage }) => sum + (weight / totalWeight) * coverage, 0));
    const contributions = graded.flatMap(({ weight, rules }) =>
      rules.map((rule): Unrounded => {
        const share = counted > 0 ? (weight / counted) * rule.shareOfDimension : 0;
        return { ...rule, share, exact: cleaned(share * (rule.grade ?? 0)) };
      }),
    );
    const dimensionScores = graded.map(({ name, label, weight, mean }): DimensionScore => ({
      name,
      label,
      value: mean === null ? null : Math.round(cleaned(mean)),
      share: mean === null ? 0 : weight / counted,
    }));
    const base = { coverage, dimensions: dimensionScores };
    if (coverage === 0 || coverage < card.minimumCoverage) {
      const none = { contributions: contributions.map(contributionOf(0)), adjustments: [], scale: 0, limit: null };
      return { ...base, value: null, band: bandOf(card.bands, null), ...none };
    }

    const fired = adjustments.filter(({ holds }) => holds(snapshot, moment));
    const adjusted = fired.reduce((sum, { points }) => sum + points, 0);
    const weighted = cleaned(contributions.reduce((sum, { exact }) => sum + exact, 0));
    const bounded = Math.min(100, Math.max(0, weighted + adjusted));
    const limit = strictestLimit(
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
      band: bandOf(card.bands, value),
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

type Unrounded = GradedRule & { share: number; exact: number };

function contributionOf(points: number): (unrounded: Unrounded) => Contribution {
  return ({ dimension, signal, label, observation, grade, assumed, share }) => {
    const lost = share * (100 - (grade ?? 0));
    return { dimension, signal, label, observation, grade, assumed, share, points, lost };
  };
}

/** Binary fractions of decimal weights: 0.1 + 0.2 must not miss a minimum of 0.3, nor 49.499999999999996 be 49.5. */
function cleaned(number: number): number {
  return Math.round(number * 1e9) / 1e9;
}
