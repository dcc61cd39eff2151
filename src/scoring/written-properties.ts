import type { ScoreRules } from "./ruleset.ts";

/** The properties of one score on the company record, by what they hold. */
export type ScoreProperties = {
  value: string;
  band: string;
  coverage: string;
  reasons: string;
  change: string;
  scoredAt: string;
  /** In the order of the dimensions. */
  dimensions: string[];
};

/** The endings of our own properties, which no dimension may be named. */
export const reservedDimensions = ["score", "band", "coverage", "reasons", "change_30d", "scored_at"] as const;

/** `chs_health_score` gives `chs_health_band`, `chs_health_usage` and so on. */
export function scorePropertiesOf(rules: ScoreRules): ScoreProperties {
  const stem = rules.property.replace(/_score$/, "");
  return {
    value: rules.property,
    band: `${stem}_band`,
    coverage: `${stem}_coverage`,
    reasons: `${stem}_reasons`,
    change: `${stem}_change_30d`,
    scoredAt: `${stem}_scored_at`,
    dimensions: rules.dimensions.map(({ name }) => `${stem}_${name}`),
  };
}

/** Every company property that a ruleset writes; none of them may be read or subscribed to. */
export function writtenPropertiesOf(ruleset: { readonly scores: readonly ScoreRules[] }): string[] {
  return ruleset.scores.flatMap((rules) => {
    const { value, band, coverage, reasons, change, scoredAt, dimensions } = scorePropertiesOf(rules);
    return [value, band, coverage, reasons, change, scoredAt, ...dimensions];
  });
}
