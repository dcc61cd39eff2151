import { z } from "zod";
import { byShape } from "./by-shape.ts";
import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import { ConditionText } from "./condition-text.ts";
import { hintOfMissing, hintOfWord } from "./hints.ts";
import {
  DaysText,
  DecimalNumber,
  GradeNumber,
  Name,
  oneOf,
  Percentage,
  Points,
  PositiveNumber,
  scalar,
  Text,
  WholeNumber,
} from "./scalars.ts";
import { fullListOf, listOf, namedGroup, strictObject } from "./strict-object.ts";

const PointsText = namedGroup(z.string(), GradeNumber, "points such as { 0: 100, 30: 0 }");

const missingWords = ["exclude", "neutral"] as const;
const expectedMissing = "exclude, neutral, { grade: 30 } or { hold: 30d }";
const MissingText = byShape(expectedMissing, {
  text: scalar(
    expectedMissing,
    { enum: missingWords },
    (text) => missingWords.find((word) => word === text),
    (found) => hintOfMissing(found) || hintOfWord(found, missingWords) || sayNearest(found, missingWords),
  ),
  group: strictObject({
    grade: GradeNumber.optional().describe("This grade stands for what is not known."),
    hold: DaysText.optional().describe("The value that the signal had stands for so long after it went missing."),
  }),
});
export type MissingText = z.output<typeof MissingText>;

export const RuleText = strictObject({
  signal: Text.describe("The name of a signal."),
  label: Text.optional().describe("What the rule is called in words. Default: the signal's label."),
  weight: PositiveNumber.optional().describe("Its weight within the dimension. Default: 1."),
  grade: strictObject({
    line: PointsText.optional().describe("Straight lines between points, value: grade; level beyond the ends."),
    steps: PointsText.optional().describe("The grade of the greatest point that is at most the value (inclusive)."),
    match: PointsText.optional().describe("A grade for each text; yes and no also mean true and false."),
  }).describe("The value on 0 to 100, 100 always healthiest: exactly one of line, steps, match."),
  missing: MissingText.optional().describe(
    "What stands for a signal that is not known: exclude (default), neutral (grade 50), { grade: 30 } or { hold: 30d }.",
  ),
  reason: Text.optional().describe("A Liquid template for the words of a loss; it may name label, value and grade."),
  advice: Text.optional().describe("What to do about a loss, for {{ advice }} in tasks; it may name label and value."),
});
export type RuleText = z.output<typeof RuleText>;

const DimensionText = strictObject({
  label: Text.optional().describe("What the dimension is called in words. Default: its name."),
  weight: PositiveNumber.describe("Its weight within the score; weights need not sum to 100."),
  rules: fullListOf(RuleText, "rules").describe("The rules whose grades make the dimension's mean."),
});

/** What a score and each of its phases are made by. */
const card = {
  minimum_coverage: Percentage.optional().describe(
    "Where less of the weight than this is known, there is no score and the band is unknown. Default: 50%.",
  ),
  dimensions: namedGroup(Name, DimensionText, "a group of dimensions"),
  adjustments: listOf(
    strictObject({
      label: Text.optional().describe("What it is called in words. Default: the first signal's label."),
      points: Points.describe("Points that are added, or taken where negative."),
      when: ConditionText.describe("Over signals; all of it must hold."),
    }),
    "adjustments",
  )
    .optional()
    .describe("Points that are added after the weighted mean."),
  limits: listOf(
    strictObject({
      label: Text.optional().describe("What it is called in words. Default: the first signal's label."),
      cap: WholeNumber.optional().describe("The score is this at most."),
      floor: WholeNumber.optional().describe("The score is this at least."),
      when: ConditionText.describe("Over signals; all of it must hold."),
    }),
    "limits",
  )
    .optional()
    .describe("A cap or a floor that a critical fact sets."),
  bands: namedGroup(
    Name,
    strictObject({
      label: Text.optional().describe("What the band is called in words. Default: its name."),
      below: WholeNumber.optional().describe("Scores strictly below this are in the band; the last band takes none."),
      colour: oneOf("red", "yellow", "green", "blue", "grey").describe("The colour of the band."),
    }),
    "a group of bands",
  ),
};

const PhaseText = strictObject({
  name: Name.describe("The name of the phase."),
  label: Text.optional().describe("What the phase is called in words. Default: its name."),
  when: ConditionText.describe("Over signals; the first phase whose condition holds is used."),
  ...card,
  dimensions: card.dimensions.optional().describe("In place of the score's own dimensions; nothing is merged."),
  bands: card.bands.optional().describe("Other edges or colours for the same bands, in the same order."),
});
export type PhaseText = z.output<typeof PhaseText>;

export const ScoreText = strictObject({
  label: Text.optional().describe("What the score is called in words. Default: its name."),
  property: Name.describe("The company property it is written to: it begins with the prefix and ends with _score."),
  pulse: Text.optional().describe("The signal of the manager's own opinion: told beside the score."),
  override: strictObject({
    score: Text.describe("The company property of the score that a person sets, 0 to 100."),
    reason: Text.describe("The company property of the reason."),
    until: Text.describe("The company property of the last day on which it counts."),
  })
    .optional()
    .describe("Company properties by which a person sets the score for a while; all three must be filled in."),
  ...card,
  dimensions: card.dimensions.describe("The weighted groups of rules."),
  bands: card.bands.describe("The named ranges of the score, from the worst to the best."),
  percentile_bands: strictObject({
    unhealthy: DecimalNumber.describe("Customers strictly below this percentile are unhealthy."),
    healthy: DecimalNumber.describe("Customers at this percentile or above are healthy."),
    property: Name.describe("The company property that the placement is written to."),
  })
    .optional()
    .describe("The placement within the portfolio, by percentiles of all scores."),
  phases: listOf(PhaseText, "phases").optional().describe("Other rules for customers in a phase of their life."),
});
export type ScoreText = z.output<typeof ScoreText>;
export type CardText = Pick<ScoreText, "dimensions" | "bands" | "minimum_coverage" | "adjustments" | "limits">;
