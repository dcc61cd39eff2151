import { z } from "zod";
import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import { byShape } from "./by-shape.ts";
import { operators } from "./condition-text.ts";
import {
  DaysText,
  DecimalNumber,
  Email,
  isEmail,
  oneOf,
  PointsAbove,
  PositiveNumber,
  scalar,
  Text,
  Value,
  WeeklyCapacity,
  WorkingDays,
} from "./scalars.ts";
import { fullListOf, listOf, namedGroup, strictObject } from "./strict-object.ts";

const values = fullListOf(Value, "values");

const PlayTestText = byShape("a value, a list of values, known, unknown, comparisons, or what sets it off", {
  text: Value,
  list: values,
  group: strictObject({
    enters: Text.optional().describe("Sets the play off: the score comes into this band from another."),
    leaves: Text.optional().describe("Sets the play off: the score goes out of this band to another."),
    drops: PositiveNumber.optional().describe(
      "Sets the play off: the score is so many points under its highest of the time in `within`.",
    ),
    reaches: DecimalNumber.optional().describe("Sets the play off: the signal comes to this number."),
    grace: DaysText.optional().describe("Beside `reaches`: how late it may still be told. Default: 7d."),
    ...operators,
  }),
});
export type PlayTestText = z.output<typeof PlayTestText>;

const EscalationWhen = namedGroup(
  z.string(),
  byShape("a value, a list of values, known, unknown, or comparisons", {
    text: Value,
    list: values,
    group: strictObject(operators),
  }),
  "a group of conditions",
);

const CloseTestText = byShape("a value, a list of values, known, unknown, comparisons, or { leaves: band }", {
  text: Value,
  list: values,
  group: strictObject({
    leaves: Text.optional().describe("The score has a band, and it is another than this."),
    ...operators,
  }),
});

const owners = ["company", "contact"] as const;
const expectedOwner = "company, contact, { email: ... } or { team: [...] }";
const OwnerText = byShape(expectedOwner, {
  text: scalar(
    expectedOwner,
    { enum: owners },
    (text) => owners.find((owner) => owner === text),
    (found) => (isEmail(found) ? `; write { email: ${found} }` : sayNearest(found, owners)),
  ),
  group: strictObject({
    email: Email.optional().describe("The address of the one user who gets the task."),
    team: fullListOf(Email, "e-mail addresses")
      .optional()
      .describe("The addresses of users who get the tasks in turn."),
  }),
});
export type OwnerText = z.output<typeof OwnerText>;

const settings = {
  owner: OwnerText.optional().describe(
    "Who gets it: company (its owner; default), contact, { email: ... } or { team: [...] }.",
  ),
  due: WorkingDays.optional().describe("When it is due: 2 working days."),
  priority: oneOf("LOW", "MEDIUM", "HIGH").optional().describe("Default: MEDIUM."),
  type: oneOf("TODO", "CALL", "EMAIL").optional().describe("Default: TODO."),
};

export const PlayText = strictObject({
  name: Text.describe("The name of the play, unique in the file."),
  when: namedGroup(
    z.string(),
    PlayTestText,
    "a group with what sets the play off, such as { health: { enters: at_risk } }",
  ).describe(
    "Exactly one trigger (enters, leaves, drops or reaches); everything else is a condition that must hold too.",
  ),
  rearm: strictObject({
    above_edge: PointsAbove.optional().describe(
      "After a task the score must first have come so many points above the band's edge.",
    ),
    after: DaysText.optional().describe("After a task there is no other within so long."),
  })
    .optional()
    .describe("When the play may be set off again."),
  capacity: WeeklyCapacity.optional().describe(
    "How many tasks may be made in a week: 20 per week. The most urgent come first.",
  ),
  task: strictObject({
    subject: Text.describe(
      "A Liquid template; it may name company.<property>, score, band, change, reasons, advice, pulse, phase, signals.<name>.",
    ),
    body: Text.describe("A Liquid template, as the subject; line by line."),
    ...settings,
    due: WorkingDays.describe("When it is due: 2 working days."),
    escalate: listOf(
      strictObject({ when: EscalationWhen.describe("Over signals and scores; all of it must hold."), ...settings }),
      "escalations",
    )
      .optional()
      .describe("The first whose condition holds changes what it names, also of a task that stands."),
  }).describe("The task that is made in HubSpot."),
  close_when: namedGroup(z.string(), CloseTestText, "a group of conditions, such as { health: { leaves: at_risk } }")
    .optional()
    .describe("The task is closed once all of this holds; without it that is left to people."),
});
export type PlayText = z.output<typeof PlayText>;
