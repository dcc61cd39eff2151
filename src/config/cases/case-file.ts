import { z } from "zod";
import { isDate, numberIn, oneOf, Percentage, scalar, Text } from "../rules/scalars.ts";
import { fullListOf, listOf, strictObject } from "../rules/strict-object.ts";
import { sayFound } from "../rules/say-found.ts";

const DateText = scalar("a date such as 2026-10-01", { type: "string" }, (text) => (isDate(text) ? text : undefined));
const ScoreNumber = scalar("a whole number from 0 to 100, or none", { type: ["number", "string"] }, (text) => {
  if (text === "none") return null;
  const number = numberIn(text);
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= 100 ? number : undefined;
});
const StageText = scalar("a stage as pipeline/stage, such as 0/4", { type: "string" }, (text) =>
  /^[^/\s]+\/[^/\s]+$/.test(text) ? text : undefined,
);

/** A HubSpot value as written; nothing is a blank one. */
const PropertyText = z.string({ error: ({ input }) => `expected a value, found ${sayFound(input)}` });
const RecordText = groupOf(PropertyText, "a group of properties such as { createdate: 2026-09-20 }");
const RecordsText = listOf(RecordText, "records").optional();

const ExpectedScore = strictObject({
  score: ScoreNumber.optional(),
  band: Text.optional(),
  phase: Text.optional(),
  coverage: Percentage.optional(),
  reasons: fullListOf(Text, "texts").optional(),
});
export type ExpectedScore = z.output<typeof ExpectedScore>;

export const CaseText = strictObject({
  name: Text,
  today: DateText.optional(),
  closed_stages: listOf(StageText, "stages").optional(),
  company: RecordText.optional(),
  contacts: RecordsText,
  tickets: RecordsText,
  invoices: RecordsText,
  deals: RecordsText,
  subscriptions: RecordsText,
  feedback: RecordsText,
  history: groupOf(
    groupOf(PropertyText, "values by date such as { 2026-09-01: 40 }"),
    "a group of company properties",
  ).optional(),
  before: groupOf(z.unknown(), "scores, and signals").optional(),
  expect: groupOf(z.unknown(), "a group of scores, tasks and standing"),
});
export type CaseText = z.output<typeof CaseText>;

/** The case file as it is written, but for its cases, each of which is read by itself; what stands under `before` and `expect` is read by the names of the rules. */
export const CaseFile = strictObject({
  today: DateText.optional(),
  closed_stages: listOf(StageText, "stages").optional(),
  cases: fullListOf(z.unknown(), "cases"),
});

/** What may stand under the names of scores and beside them. */
export const expectedShapes = {
  score: ExpectedScore,
  tasks: listOf(Text, "names of plays"),
  standing: oneOf("customer", "left", "stranger"),
};
export const beforeShapes = {
  score: scalar("a whole number from 0 to 100", { type: ["number", "string"] }, (text) => {
    const number = numberIn(text);
    return number !== undefined && Number.isInteger(number) && number >= 0 && number <= 100 ? number : undefined;
  }),
  signals: groupOf(PropertyText, "a group of signals"),
};

/** A group whose keys are whatever the author names. */
function groupOf<Value extends z.core.SomeType>(value: Value, what: string) {
  return z.record(z.string(), value, { error: (issue) => `expected ${what}, found ${sayFound(issue.input)}` });
}
