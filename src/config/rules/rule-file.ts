import { z } from "zod";
import { sources } from "../../scoring/facts.ts";
import { byShape } from "./by-shape.ts";
import {
  DaysText,
  DecimalNumber,
  DurationText,
  GradeNumber,
  Name,
  oneOf,
  Percentage,
  Points,
  PositiveNumber,
  sayFound,
  Text,
  Value,
  WholeNumber,
  WorkingDays,
} from "./scalars.ts";
import { fullListOf, listOf, namedGroup, strictObject } from "./strict-object.ts";

/** `company.last_login_at` as the property's name. */
const CompanyProperty = z.unknown().transform((found, context): string => {
  const match = typeof found === "string" ? /^company\.([a-z][a-z0-9_]*)$/.exec(found) : null;
  if (match?.[1]) return match[1];
  context.addIssue({ code: "custom", message: `expected company.<property>, found ${sayFound(found)}` });
  return z.NEVER;
});

/** `invoices.days_late` as source and field. */
const SourceField = z.unknown().transform((found, context) => {
  const match = typeof found === "string" ? /^([a-z]+)\.((?:property\.)?[a-z][a-z0-9_]*)$/.exec(found) : null;
  const source = sources.find((name) => name === match?.[1]);
  if (source && match?.[2]) return { source, field: match[2] };
  const allowed = sources.map((name) => `${name}.<field>`).join(", ");
  context.addIssue({ code: "custom", message: `expected one of ${allowed}, found ${sayFound(found)}` });
  return z.NEVER;
});

const Operators = strictObject({
  is: Value.optional(),
  not: Value.optional(),
  in: fullListOf(Value, "values").optional(),
  over: DecimalNumber.optional(),
  under: DecimalNumber.optional(),
  at_least: DecimalNumber.optional(),
  at_most: DecimalNumber.optional(),
  within: DurationText.optional(),
});

/** A value (equal to it), a list (one of them), `known`, `unknown`, or comparisons that must all hold. */
export const ComparisonText = byShape("a value, a list of values, known, unknown, or comparisons", {
  text: Value,
  list: fullListOf(Value, "values"),
  group: Operators,
});
export type ComparisonText = z.output<typeof ComparisonText>;

const ConditionText = namedGroup(z.string(), ComparisonText, "a group of conditions");
export type ConditionText = z.output<typeof ConditionText>;

export const signalKinds = ["value", "days_since", "count", "sum", "mean", "median", "min", "max", "latest"] as const;

const SignalText = strictObject({
  label: Text.optional(),
  value: CompanyProperty.optional(),
  days_since: CompanyProperty.optional(),
  count: oneOf(...sources).optional(),
  sum: SourceField.optional(),
  mean: SourceField.optional(),
  median: SourceField.optional(),
  min: SourceField.optional(),
  max: SourceField.optional(),
  latest: SourceField.optional(),
  where: ConditionText.optional(),
  by: SourceField.optional(),
  expires: DaysText.optional(),
  when_none: DecimalNumber.optional(),
});
export type SignalText = z.output<typeof SignalText>;

const PointsText = namedGroup(z.string(), GradeNumber, "points such as { 0: 100, 30: 0 }");

const RuleText = strictObject({
  signal: Text,
  label: Text.optional(),
  weight: PositiveNumber.optional(),
  grade: strictObject({
    line: PointsText.optional(),
    steps: PointsText.optional(),
    match: PointsText.optional(),
  }),
});
export type RuleText = z.output<typeof RuleText>;

const DimensionText = strictObject({
  label: Text.optional(),
  weight: PositiveNumber,
  rules: fullListOf(RuleText, "rules"),
});

const ScoreText = strictObject({
  label: Text.optional(),
  property: Name,
  minimum_coverage: Percentage.optional(),
  dimensions: namedGroup(Name, DimensionText, "a group of dimensions"),
  adjustments: listOf(
    strictObject({ label: Text.optional(), points: Points, when: ConditionText }),
    "adjustments",
  ).optional(),
  limits: listOf(
    strictObject({
      label: Text.optional(),
      cap: WholeNumber.optional(),
      floor: WholeNumber.optional(),
      when: ConditionText,
    }),
    "limits",
  ).optional(),
  bands: namedGroup(
    Name,
    strictObject({
      label: Text.optional(),
      below: WholeNumber.optional(),
      colour: oneOf("red", "yellow", "green", "blue", "grey"),
    }),
    "a group of bands",
  ),
});
export type ScoreText = z.output<typeof ScoreText>;

const PlayText = strictObject({
  name: Text,
  when: namedGroup(z.string(), strictObject({ enters: Text }), "a score and the band that it enters"),
  task: strictObject({
    subject: Text,
    body: Text,
    owner: byShape("company or { email: ... }", {
      text: z.literal("company", {
        error: ({ input }) => `expected company or { email: ... }, found ${sayFound(input)}`,
      }),
      group: strictObject({ email: Text }),
    }).optional(),
    due: WorkingDays,
    priority: oneOf("LOW", "MEDIUM", "HIGH").optional(),
    type: oneOf("TODO", "CALL", "EMAIL").optional(),
  }),
  close_when: namedGroup(z.string(), strictObject({ leaves: Text }), "a score and the band that it leaves").optional(),
});
export type PlayText = z.output<typeof PlayText>;

/** The rule file as it is written, every scalar read; what its names mean together is checked in `build-ruleset.ts`. */
export const RuleFile = strictObject({
  name: Text,
  language: oneOf("nb", "da", "en"),
  timezone: Text,
  prefix: Name.optional(),
  fallback_owner: strictObject({ email: Text }).optional(),
  customers: strictObject({
    where: ConditionText,
    churned: strictObject({ where: ConditionText }).optional(),
    value: Text.optional(),
    renewal: Text.optional(),
  }),
  signals: namedGroup(Name, SignalText, "a group of signals"),
  scores: namedGroup(Name, ScoreText, "a group of scores"),
  plays: listOf(PlayText, "plays").optional(),
});
export type RuleFile = z.output<typeof RuleFile>;
