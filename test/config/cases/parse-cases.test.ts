import { describe, expect, it, test } from "@jest/globals";
import { parseCases } from "../../../src/config/cases/parse-cases.ts";
import { parseRules } from "../../../src/config/rules/parse-rules.ts";
import { RuleProblems } from "../../../src/config/rules/rule-problems.ts";
import { runCases } from "../../../src/scoring/analysis/run-cases.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import { smallFile } from "../rules/small-file.ts";

const ruleset = parseRules(smallFile, "rules.yaml");
const cases = (text: string) => parseCases(text, "cases.yaml", ruleset);

function failuresOf(text: string): string[] {
  const results = runCases(compileRuleset(ruleset), cases(text));
  return results.flatMap(({ failures }) =>
    failures.map(
      ({ place, subject, expected, found }) => `${place.line}:${place.column} ${subject}: ${expected}, found ${found}`,
    ),
  );
}

function problemsOf(text: string): string[] {
  try {
    cases(text);
    return [];
  } catch (error) {
    if (!(error instanceof RuleProblems)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  }
}

/** A customer with so many seats and no ticket: 50 points and 10 for each seat, halved. */
const example = (expected: string, more = "") => `today: 2026-10-01
cases:
  - name: Nordvik
    company: { lifecyclestage: customer, seats: 8 }
    ${more}
    expect: ${expected}
`;

describe("example customers", () => {
  test.each([
    ["{ health: { score: 90, band: healthy, coverage: 100%, phase: none, reasons: [Seats] } }", ""],
    ["{ tasks: [], standing: customer }", ""],
    ["{ tasks: [Call] }", "tickets: [{ hs_pipeline: 0, hs_pipeline_stage: 1 }]\n    before: { health: 80 }"],
    ["{ tasks: [] }", "tickets: [{ hs_pipeline: 0, hs_pipeline_stage: 1 }]\n    before: { health: 30 }"],
    ["{ health: { score: 90 } }", "tickets: [{ hs_pipeline: 0, hs_pipeline_stage: 4 }]"],
    ["{ health: { score: 40 } }", "tickets: [{ hs_pipeline: 0, hs_pipeline_stage: 4 }]\n    closed_stages: []"],
  ])("come out as expected: %s %s", (expected, more) => {
    expect(failuresOf(example(expected, more))).toEqual([]);
  });

  it("tell what is otherwise, each at the place of the expectation", () => {
    const expected =
      "{ health: { score: none, band: at_risk, coverage: 50%, reasons: [Rain] }, tasks: [Call], standing: left }";
    expect(failuresOf(example(expected))).toEqual([
      "6:32 health.score: none, found 90",
      "6:44 health.band: at_risk, found healthy",
      "6:63 health.coverage: 50 %, found 100 %",
      "6:77 health.reasons: Rain, found Seats: 8",
      "6:94 tasks: [Call], found []",
      "6:112 standing: left, found customer",
    ]);
  });

  it("take what the past says of a property for its value, where nothing else is written", () => {
    const text = `today: 2026-10-01
cases:
  - name: Nordvik
    company: { lifecyclestage: customer }
    history: { seats: { 2026-09-01: 2, 2026-09-20: 6, 2026-11-01: 10 } }
    expect: { health: { score: 80 } }
`;
    expect(failuresOf(text)).toEqual([]);
    expect(cases(text)[0]?.facts.history.seats?.map(({ value }) => value)).toEqual(["2", "6", "10"]);
  });

  it("come from the shipped file as from any other", () => {
    expect(cases(example("{ tasks: [] }"))[0]).toMatchObject({
      name: "Nordvik",
      place: { line: 3, column: 5 },
      instant: new Date("2026-10-01T10:00:00Z"),
      closedStages: ["0/4"],
    });
  });
});

describe("a case file that cannot be used", () => {
  test.each([
    [
      "{ helth: { score: 50 } }",
      "",
      [/^6:15: cases\.0\.expect\.helth: unknown key; did you mean "health"\?; allowed: health, tasks, standing$/],
    ],
    [
      "{ health: { band: risky } }",
      "",
      [/^6:31: .+no band is called "risky"; known: at_risk, healthy, unknown, churned$/],
    ],
    ["{ health: { score: 101 } }", "", [/^6:32: .+expected a whole number from 0 to 100, or none, found "101"$/]],
    ["{ health: { points: 5 } }", "", [/^6:25: .+unknown key; allowed: score, band, phase, coverage, reasons$/]],
    ["{ tasks: [Cal] }", "", [/^6:23: .+no play is called "Cal"; did you mean "Call"\?; known: Call$/]],
    [
      "{ tasks: [] }",
      "before: { healt: 5, signals: { seets: 4 } }",
      [/^5:15: .+no score is called "healt"/, /^5:36: .+no signal is called "seets"; did you mean "seats"\?/],
    ],
    ["{ tasks: [] }", "history: { seats: { yesterday: 4 } }", [/^5:25: .+expected a date such as 2026-09-01$/]],
    [
      "{ tasks: [] }",
      "contacts: [{ hubspot_owner_id: 7, emial: a }]\n    history: { seets: { 2026-09-01: 4 } }\n    tickets: [{ hs_pipeline: 0, hs_pipelin_stage: 1 }]",
      [
        /^5:39: .+contacts\.0\.emial: the rules never read "emial"$/,
        /^6:16: .+history\.seets: the rules never read "seets"; did you mean "seats"\?$/,
        /^7:\d+: .+the rules never read "hs_pipelin_stage"; did you mean "hs_pipeline_stage"\?$/,
      ],
    ],
    ["{ tasks: [] }", "colour: red", [/^5:5: cases\.0\.colour: unknown key; allowed: name, today/]],
    ["{ tasks: [] }", "contacts: &all []", [/^5:\d+: .*anchor/]],
  ])("is refused with its places: %s %s", (expected, more, problems) => {
    expect(problemsOf(example(expected, more))).toEqual(problems.map((problem) => expect.stringMatching(problem)));
  });

  it("tells what is wrong with a case though another has not even its shape", () => {
    const text = example("{ tasks: [Cal] }") + "  - { name: Second, colour: red, expect: { tasks: [] } }\n";
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^6:23: .+no play is called "Cal"/),
      expect.stringMatching(/^7:21: cases\.1\.colour: unknown key; allowed: name, today/),
    ]);
  });

  it("knows the properties that are parts of what the rules read, and the company's own name", () => {
    const more = "tickets: [{ hs_pipeline: 0, hs_pipeline_stage: 4 }]";
    const text = example("{ tasks: [] }", more).replace("seats: 8", "seats: 8, name: Nord, hubspot_owner_id: 7");
    expect(problemsOf(text)).toEqual([]);
  });

  it("needs a date for each case", () => {
    expect(problemsOf(example("{ tasks: [] }").replace("today: 2026-10-01\n", ""))).toEqual([
      expect.stringMatching(/^2:5: cases\.0: expected a date under today/),
    ]);
  });
});
