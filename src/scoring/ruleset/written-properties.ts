import type { Dimension, ScoreRules } from "./score-rules.ts";

/** The properties of one score on the company record, by what they hold. */
export type ScoreProperties = {
  value: string;
  band: string;
  coverage: string;
  reasons: string;
  change: string;
  scoredAt: string;
  /** Null where the score has no phases. */
  phase: string | null;
  /** The placement in the portfolio; null where the rules ask for none. */
  quartile: string | null;
  /** Of the score's own card and its phases, each name once, with the first label. */
  dimensions: { name: string; label: string; property: string }[];
};

/** The endings of our own properties, which no dimension may be named. */
export const reservedDimensions = ["score", "band", "coverage", "reasons", "change_30d", "scored_at", "phase"] as const;

/** `chs_health_score` gives `chs_health_band`, `chs_health_usage` and so on. */
export function scorePropertiesOf(rules: ScoreRules): ScoreProperties {
  const stem = rules.property.replace(/_score$/, "");
  const dimensions = new Map<string, Dimension>();
  for (const dimension of [rules, ...rules.phases].flatMap((card): readonly Dimension[] => card.dimensions)) {
    if (!dimensions.has(dimension.name)) dimensions.set(dimension.name, dimension);
  }
  return {
    value: rules.property,
    band: `${stem}_band`,
    coverage: `${stem}_coverage`,
    reasons: `${stem}_reasons`,
    change: `${stem}_change_30d`,
    scoredAt: `${stem}_scored_at`,
    phase: rules.phases.length > 0 ? `${stem}_phase` : null,
    quartile: rules.percentileBands?.property ?? null,
    dimensions: [...dimensions.values()].map(({ name, label }) => ({ name, label, property: `${stem}_${name}` })),
  };
}

/** The names of all of a score's properties. */
export function namesOfProperties({ dimensions, ...names }: ScoreProperties): string[] {
  const others = Object.values(names).filter((name) => name !== null);
  return [...others, ...dimensions.map(({ property }) => property)];
}

/** Every company property that a ruleset writes; none of them may be read or subscribed to. */
export function writtenPropertiesOf(ruleset: { readonly scores: readonly ScoreRules[] }): string[] {
  return ruleset.scores.flatMap((rules) => namesOfProperties(scorePropertiesOf(rules)));
}
