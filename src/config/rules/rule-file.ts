import type { z } from "zod";
import { ConditionText } from "./condition-text.ts";
import { PlayText } from "./play-text.ts";
import { Currency, Email, Holiday, Name, oneOf, PositiveNumber, Text } from "./scalars.ts";
import { ScoreText } from "./score-text.ts";
import { SignalText } from "./signal-text.ts";
import { listOf, namedGroup, strictObject } from "./strict-object.ts";

/** The rule file as it is written, every scalar read; what its names mean together is checked in `build-ruleset.ts`. */
export const RuleFile = strictObject({
  name: Text.describe("What the rules are called."),
  language: oneOf("nb", "da", "en").describe("The language of reasons and tasks: nb (Norwegian), da (Danish) or en."),
  timezone: Text.describe("Where days begin and end, such as Europe/Oslo."),
  prefix: Name.optional().describe("Begins the name of every property that is written. Default: chs_"),
  fallback_owner: strictObject({ email: Email.describe("The address of a user of the portal.") })
    .optional()
    .describe("Who gets the tasks that have no other owner."),
  holidays: listOf(Holiday, "days")
    .optional()
    .describe("Days on which no task is due: 2026-12-24, or 12-25 for every year."),
  rates: namedGroup(Currency, PositiveNumber, "rates such as { NOK: 1, EUR: 11.7 }")
    .optional()
    .describe("What one unit of each currency is worth, all in the same measure."),
  customers: strictObject({
    where: ConditionText.describe("Over company properties; a company for which all of this holds is a customer."),
    churned: strictObject({ where: ConditionText.describe("Over company properties; all of it must hold.") })
      .optional()
      .describe("A customer for which this holds has left: it is no longer scored."),
    since: Text.optional().describe("The company property of the date from which tenure_days counts."),
    value: Text.optional().describe("The company property of what the customer is worth; it ranks the work."),
    renewal: Text.optional().describe("The company property of the date to which days_to_renewal counts."),
  }).describe("Which companies are customers."),
  signals: namedGroup(Name, SignalText, "a group of signals").describe(
    "The observed facts, each under a name of its own.",
  ),
  scores: namedGroup(Name, ScoreText, "a group of scores").describe("The scores, each under a name of its own."),
  plays: listOf(PlayText, "plays").optional().describe("What is to be done about a change or a fact."),
});
export type RuleFile = z.output<typeof RuleFile>;
