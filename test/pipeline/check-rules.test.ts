import { describe, expect, it } from "@jest/globals";
import { readRules } from "../../src/config/rules/parse-rules.ts";
import { checkRulesAgainstPortal } from "../../src/pipeline/check-rules.ts";
import type { PropertyDefinition, RecordType } from "../../src/pipeline/hubspot-port.ts";
import { smallFile } from "../config/rules/small-file.ts";

function definition(name: string, type: string, options: string[] = [], archived = false): PropertyDefinition {
  return { name, type, fieldType: "text", calculated: false, options, archived };
}

const company = [
  definition("lifecyclestage", "enumeration", ["lead", "customer"]),
  definition("seats", "number"),
  definition("name", "string"),
  definition("at", "datetime"),
  definition("plan", "enumeration", ["basic", "pro"]),
  definition("vip", "bool"),
  definition("old", "number", [], true),
];
const ticket = [definition("createdate", "datetime"), definition("hs_ticket_priority", "enumeration", ["LOW", "HIGH"])];
const portal = new Map<RecordType, PropertyDefinition[]>([
  ["company", company],
  ["ticket", ticket],
]);

function problemsIn(text: string, definitions: ReadonlyMap<RecordType, PropertyDefinition[]> = portal): string[] {
  const { uses } = readRules(text, "rules.yaml");
  return checkRulesAgainstPortal(uses, definitions).map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

const withTier = smallFile.replace(
  "signals:\n",
  `signals:
  tier: { value: company.plan }
  urgency: { latest: tickets.hs_ticket_priority, by: tickets.createdate }
`,
);

describe("rules against a portal", () => {
  it("fit", () => {
    expect(problemsIn(smallFile)).toEqual([]);
  });

  it.each([
    [
      "value: company.seats",
      "value: company.seets",
      '7:19: the portal has no company property called "seets"; did you mean "seats"?',
    ],
    ["value: company.seats", "value: company.old", '7:19: the portal has no company property called "old"'],
    [
      "value: company.seats",
      "days_since: company.seats",
      "7:24: seats is a number in the portal; expected a date here",
    ],
    ["value: company.seats", "value: company.at", "16:39: at is a datetime in the portal; expected a number here"],
    [
      "lifecyclestage: customer",
      "lifecyclestage: custmer",
      '5:28: lifecyclestage has no option "custmer"; did you mean "customer"?',
    ],
    ["lifecyclestage: customer", "seats: true", "5:12: seats is a number in the portal; expected a yes or no here"],
    ["lifecyclestage: customer", "plan: { over: 3 }", "5:12: plan is a choice in the portal; expected a number here"],
    [
      "open: true",
      "hs_ticket_priority: [HIGH, URGNT]",
      '8:65: hs_ticket_priority has no option "URGNT"; it has LOW, HIGH',
    ],
    [
      "open: true",
      "createdat: known",
      '8:38: the portal has no property of tickets called "createdat"; did you mean "createdate"?',
    ],
    ["company.name", "company.nam", '24:22: the portal has no company property called "nam"; did you mean "name"?'],
  ])("%j as %j", (part, otherwise, problem) => {
    expect(problemsIn(smallFile.replace(part, otherwise))).toContain(problem);
  });

  it.each([
    ["limits: [{ cap: 40, when: { tier: Pro } }]", '20:39: plan has no option "Pro"; did you mean "pro"?'],
    [
      "adjustments: [{ points: 5, when: { tier: [pro, bsic] } }]",
      '20:52: plan has no option "bsic"; did you mean "basic"?',
    ],
    ["limits: [{ cap: 40, when: { tier: { not: Pro } } }]", '20:46: plan has no option "Pro"; did you mean "pro"?'],
    [
      "limits: [{ cap: 40, when: { tier: { over: 3 } } }]",
      "20:33: plan is a choice in the portal; expected a number here",
    ],
    [
      "limits: [{ cap: 40, when: { tier: { within: 3d } } }]",
      "20:33: plan is a choice in the portal; expected a date here",
    ],
    [
      "limits: [{ cap: 40, when: { urgency: URGNT } }]",
      '20:42: hs_ticket_priority has no option "URGNT"; it has LOW, HIGH',
    ],
    ["phases: [{ name: young, when: { tier: Pro } }]", '20:43: plan has no option "Pro"; did you mean "pro"?'],
  ])("have the options that conditions over signals name: %s", (part, problem) => {
    expect(problemsIn(withTier.replace("    bands:", `    ${part}\n    bands:`))).toEqual([problem]);
  });

  it.each([
    ["enters: at_risk } }", "enters: at_risk }, tier: Pro }", '25:48: plan has no option "Pro"; did you mean "pro"?'],
    ["enters: at_risk } }", "enters: at_risk }, tier: pro }", null],
    ["leaves: at_risk }", "leaves: at_risk }, tier: Pro", '27:54: plan has no option "Pro"; did you mean "pro"?'],
    [
      "health: { enters: at_risk }",
      "tier: { reaches: 90 }",
      "25:13: plan is a choice in the portal; expected a number here",
    ],
    [
      "due: 1 working day",
      "due: 1 working day, escalate: [{ when: { tier: Pro }, priority: HIGH }]",
      '26:108: plan has no option "Pro"; did you mean "pro"?',
    ],
  ])("have the options that plays name: %s as %s", (part, otherwise, problem) => {
    expect(problemsIn(withTier.replace(part, otherwise))).toEqual(problem === null ? [] : [problem]);
  });

  it("are told once, where the signal is, of a property that is missing, however often the signal is used", () => {
    const text = withTier
      .replace("company.plan", "company.plann")
      .replace("    bands:", "    limits: [{ cap: 40, when: { tier: pro } }]\n    bands:");
    expect(problemsIn(text)).toEqual(['7:18: the portal has no company property called "plann"; did you mean "plan"?']);
  });

  it("need a grade for every option of a match", () => {
    const text = smallFile
      .replace("company.seats", "company.plan")
      .replace("line: { 0: 0, 10: 100 }", "match: { basic: 0, por: 5 }");
    expect(problemsIn(text)).toEqual([
      "16:39: no grade for pro: every option of plan needs one",
      '16:58: plan has no option "por"; did you mean "pro"?',
    ]);
  });

  it("may grade a yes or no by either word", () => {
    const text = smallFile
      .replace("company.seats", "company.vip")
      .replace("line: { 0: 0, 10: 100 }", "match: { yes: 100, no: 0 }");
    expect(problemsIn(text)).toEqual([]);
  });

  it("are not judged where a type may not be read", () => {
    expect(problemsIn(smallFile.replace("open: true", "nowhere: known"), new Map([["company", company]]))).toEqual([]);
  });

  it("name users that the portal has, archived ones not counted", () => {
    const text = smallFile.replace("timezone:", "fallback_owner: { email: Kari@a.example }\ntimezone:");
    const { uses, people } = readRules(text, "rules.yaml");
    const owner = { id: "1", email: "kari@a.example", name: "Kari" };
    const check = (archived: boolean) =>
      checkRulesAgainstPortal(uses, portal, { named: people, owners: [{ ...owner, archived }] });
    expect(check(false)).toEqual([]);
    expect(check(true)).toEqual([
      { line: 3, column: 26, message: "no user of the portal has the address Kari@a.example" },
    ]);
  });
});
