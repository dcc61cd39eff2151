import type { z } from "zod";
import { ConditionText } from "./condition-text.ts";
import { AnyField, CompanyField, RecordField, SourceName, SourceOrCompanyField } from "./field-text.ts";
import { Currency, DaysText, DecimalNumber, oneOf, Text } from "./scalars.ts";
import { fullListOf, strictObject } from "./strict-object.ts";

/** The keys of which a signal has exactly one. */
const kinds = {
  value: CompanyField.optional().describe("A property of the company: company.<property>."),
  days_between: fullListOf(CompanyField, "two dates of the company")
    .optional()
    .describe("Days from the first to the second of two date properties of the company."),
  days_since: AnyField.optional().describe(
    "Days since a date of the company, or since the latest one of its records that is not in the future.",
  ),
  days_until: AnyField.optional().describe(
    "Days until a date of the company, or until the earliest one of its records that is not past.",
  ),
  count: SourceOrCompanyField.optional().describe(
    "How many records pass `where`; of company.<property>, how many options of a multi-select are chosen.",
  ),
  exists: SourceOrCompanyField.optional().describe("Whether there is any record that passes `where`: true or false."),
  sum: RecordField.optional().describe("The sum of a field of the records that pass `where`."),
  mean: RecordField.optional().describe("The mean of a field of the records that pass `where`."),
  median: RecordField.optional().describe("The median of a field of the records that pass `where`."),
  min: RecordField.optional().describe("The least of a field of the records that pass `where`."),
  max: RecordField.optional().describe("The greatest of a field of the records that pass `where`."),
  latest: RecordField.optional().describe("A field of the record whose date in `by` is the latest."),
  share: SourceName.optional().describe(
    "The records that pass `matching` of those that pass `where`, in percent; unknown where there is none.",
  ),
  change: CompanyField.optional().describe("A property of the company against what it was `over` ago."),
  trend: CompanyField.optional().describe(
    "How fast a property of the company rises or falls over the last `over`, per 30 days.",
  ),
  ratio: fullListOf(Text, "two signals")
    .optional()
    .describe("One signal divided by another; unknown where the second is 0."),
  product: fullListOf(Text, "signals and numbers").optional().describe("Signals and numbers multiplied."),
};
export const signalKinds = Object.keys(kinds) as (keyof typeof kinds)[];
export type SignalKind = keyof typeof kinds;

/** The keys that go with some kinds. */
const modifiers = {
  where: ConditionText.optional().describe("Only the records for which all of this holds count."),
  matching: ConditionText.optional().describe("What the records of a `share` must pass."),
  links: oneOf("primary", "all")
    .optional()
    .describe(
      "primary: each record counts at the company it belongs to; all: at every company it is linked to. Default: primary.",
    ),
  by: AnyField.optional().describe("The date by which the age of a value or a record is told."),
  expires: DaysText.optional().describe("Older than this, the value is unknown."),
  when_none: DecimalNumber.optional().describe("The value where no record passes; without it that is unknown."),
  currency: Currency.optional().describe("The amounts are turned into this currency by `rates`."),
  half_life: DaysText.optional().describe(
    "Each record counts half after each half-life, by its age on the date in `by`.",
  ),
  over: DaysText.optional().describe("How far back a change or a trend looks."),
  as: oneOf("difference", "percent", "number")
    .optional()
    .describe("change and trend: difference (default) or percent; ratio: number (default) or percent."),
};
export const signalModifiers = Object.keys(modifiers) as SignalModifier[];
export type SignalModifier = keyof typeof modifiers;

export const SignalText = strictObject({
  label: Text.optional().describe("What the signal is called in words. Default: its name."),
  unit: Text.optional().describe("What goes behind the value in words: %, hours, kr."),
  ...kinds,
  ...modifiers,
});
export type SignalText = z.output<typeof SignalText>;
