import { describe, expect, it } from "@jest/globals";
import { problemsOf, smallFile, smallFileWith, type Refusal } from "./small-file.ts";

const weight = "14:17: scores.health.dimensions.usage.weight: expected a number over 0, found";

describe("a slip that is made often is told in words", () => {
  it.each<Refusal>([
    [
      'subject: "{{ company.name }}"',
      "subject: {{ company.name }}",
      ['24:22: a text with {{ }} must stand in quotes: "{{ company.name }}"'],
    ],
    ["language: en", "language:en", ["2:9: a space is missing after the colon: language: en"]],
    ["colour: green }", "colour: #0f0 }", ["20:26: what follows # is a comment: put the text in quotes"]],
    ["weight: 1", "weight: 1,5", [`${weight} "1,5"; decimals come after a point: 1.5`]],
    ["weight: 1", "weight: 40%", [`${weight} "40%"; write it without the percent sign: 40`]],
    ["weight: 1", "weight: >= 3", ["14:17: no comparison is written so; write { at_least: 3 }"]],
    ["language: en", "language: no", ['2:11: language: expected one of nb, da, en, found "no"; write nb']],
    ["language: en", "language: EN", ['2:11: language: expected one of nb, da, en, found "EN"; write en']],
    [
      "name: Small",
      "name: #1 plan",
      ["1:7: name: expected a text, found nothing; what follows # is a comment: put the text in quotes"],
    ],
    [
      "  where: { lifecyclestage: customer }",
      "  where: { LifecycleStage: customer }",
      [
        '5:12: customers.where.LifecycleStage: expected a property by its internal name of lower-case letters, digits and _, found "LifecycleStage"; did you mean "lifecyclestage"?',
      ],
    ],
    [
      "body: Call them",
      'body: "{{ company.name"',
      ['24:50: plays.0.task.body: not a template: output "{{ company.name" not closed, line:1, col:1'],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });

  it.each([
    ["5m", /write 5mo for months/],
    ["30 days", /write 30d$/],
    ["30", /write 30d for days/],
    ["30 d", /without the space: 30d/],
  ])("a duration of %j", (text, hint) => {
    expect(problemsOf(smallFileWith("open: true", `createdate: { within: ${text} }`))[0]).toMatch(hint);
  });
});

describe("of very many syntax errors", () => {
  it("the first five are told, and how many may follow from them", () => {
    const problems = problemsOf(smallFile.replaceAll(" }", " } ]"));
    expect(problems).toHaveLength(6);
    expect(problems.at(-1)).toMatch(/: and \d+ more that may follow from these$/);
  });
});

describe("a part that cannot be read", () => {
  it("does not keep what is wrong elsewhere from being told", () => {
    const text = smallFile
      .replace("value: company.seats", "value: seats")
      .replace("signal: urgent", "signal: urgnt")
      .replace("below: 50", "below: half")
      .replace("enters: at_risk", "enters: at_rsk")
      .replace("due: 1 working day", "due: soon");
    expect(problemsOf(text).map((problem) => problem.split(": ", 2).join(": "))).toEqual([
      "7:19: signals.seats.value",
      "17:23: scores.health.dimensions.usage.rules.1.signal",
      "19:25: scores.health.bands.at_risk.below",
      "23:31: plays.0.when.health.enters",
      "24:66: plays.0.task.due",
    ]);
  });

  it("is told at its own place when a part before it in the list is wrong", () => {
    const text = smallFile
      .replace("signal: seats, grade", "signal: seats, weight: heavy, grade")
      .replace("signal: urgent", "signal: urgnt");
    expect(problemsOf(text).map((problem) => problem.split(": ", 1)[0])).toEqual(["16:38", "17:23"]);
  });
});
