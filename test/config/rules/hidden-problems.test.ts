import { describe, expect, it } from "@jest/globals";
import { problemsOf, smallFileWith } from "./small-file.ts";

describe("what is wrong at one place does not hide what is wrong beside it", () => {
  it.each([
    [
      "two keys of an override are missing",
      "property: chs_health_score",
      "override: { score: own_score }\n    property: other",
      ["override.reason: expected a text", "override.until: expected a text", "property: expected a name that begins"],
    ],
    [
      "two keys of a rule are missing",
      "- { signal: seats, grade",
      "- { weight: 2 }\n          - { signal: seets, grade",
      [
        "rules.0.signal: expected a text",
        "rules.0.grade: expected a group",
        'rules.1.signal: no signal is called "seets"',
      ],
    ],
    [
      "the name of a phase is none",
      "    bands:",
      "    phases: [{ name: On-boarding, when: { seets: known } }]\n    bands:",
      ["phases.0.name: expected a name of lower-case", 'phases.0.when.seets: no signal is called "seets"'],
    ],
  ])("%s", (_, part, otherwise, expected) => {
    const problems = problemsOf(smallFileWith(part, otherwise));
    for (const message of expected) expect(problems).toContainEqual(expect.stringContaining(message));
    expect(problems).toHaveLength(expected.length);
  });
});

describe("a currency in rates", () => {
  it.each([
    ["nok", "; write NOK"],
    ["KRONER", ""],
  ])("%s", (currency, hint) => {
    const text = smallFileWith("customers:\n", `rates: { ${currency}: 1 }\ncustomers:\n`);
    const expected = "expected a currency of three capital letters such as NOK";
    expect(problemsOf(text)).toEqual([`4:10: rates.${currency}: ${expected}, found "${currency}"${hint}`]);
  });
});
