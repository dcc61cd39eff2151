import { z } from "zod";
import { byShape } from "./by-shape.ts";
import { DecimalNumber, PointInTimeText, Value, WithinText } from "./scalars.ts";
import { fullListOf, namedGroup, strictObject } from "./strict-object.ts";

const OneOrMore = byShape("a value or a list of values", { text: Value, list: fullListOf(Value, "values") });

/** The comparisons that may stand in one group; all of them must hold. */
export const operators = {
  is: OneOrMore.optional().describe("Equal to this value, or to one of a list."),
  not: OneOrMore.optional().describe("Known, and equal to none of these."),
  in: fullListOf(Value, "values").optional().describe("Equal to one of these values."),
  contains: OneOrMore.optional().describe(
    "The text has one of these as whole words, whatever their case; an option of a multi-select counts as one.",
  ),
  over: DecimalNumber.optional().describe("Strictly over this number."),
  under: DecimalNumber.optional().describe("Strictly under this number."),
  at_least: DecimalNumber.optional().describe("This number or more (inclusive)."),
  at_most: DecimalNumber.optional().describe("This number or less (inclusive)."),
  between: fullListOf(DecimalNumber, "two numbers")
    .optional()
    .describe("From the first number to the second, both inclusive."),
  within: WithinText.optional().describe(
    "A date of the last so long (30d, today among them), or of the next (next 30d).",
  ),
  before: PointInTimeText.optional().describe("Strictly before this day: 2026-10-03, today, 30d ago or in 30d."),
  after: PointInTimeText.optional().describe("Strictly after this day: 2026-10-03, today, 30d ago or in 30d."),
};
const Operators = strictObject(operators);
export type OperatorsText = z.output<typeof Operators>;

/** A value (equal to it), a list (one of them), `known`, `unknown`, or comparisons that must all hold. */
export const ComparisonText = byShape("a value, a list of values, known, unknown, or comparisons", {
  text: Value,
  list: fullListOf(Value, "values"),
  group: Operators,
});
export type ComparisonText = z.output<typeof ComparisonText>;

export const ConditionText = namedGroup(z.string(), ComparisonText, "a group of conditions");
export type ConditionText = z.output<typeof ConditionText>;
