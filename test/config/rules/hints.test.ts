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
      ['24:50: plays.0.task.body: not a template: output "{{ company.name" not closed'],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });

  it.each([
    ["10: 100 } } }", "10: 100 } }, missing: hold }", 'found "hold"; write { hold: 30d } or { grade: 30 }'],
    ["10: 100 } } }", "10: 100 } }, missing: 30d }", 'found "30d"; write { hold: 30d }'],
    ["10: 100 } } }", "10: 100 } }, missing: 30 }", 'found "30"; write { grade: 30 }'],
    ["10: 100 } } }", "10: 100 } }, missing: nutral }", 'found "nutral"; did you mean "neutral"?'],
    ["due: 1 working day", "due: 2d", 'such as 2 working days, found "2d"; write 2 working days'],
    ["due: 1 working day", "due: 2", 'such as 2 working days, found "2"; write 2 working days'],
    ["due: 1 working day", "due: 1 day", 'found "1 day"; write 1 working day'],
    ["    close_when", "    capacity: 20\n    close_when", 'found "20"; write 20 per week'],
    ["    close_when", "    capacity: 20/week\n    close_when", 'found "20/week"; write 20 per week'],
    ["due: 1 working", "owner: kari@x.no, due: 1 working", 'found "kari@x.no"; write { email: kari@x.no }'],
    ["open: true", "createdate: { within: 2026-10-01 }", 'found "2026-10-01"; write after: 2026-10-01'],
    ["enters: at_risk", "under: 50", "found none; write { health: { enters: at_risk } }"],
    ["{ enters: at_risk }", "healthy", "found none; write { health: { enters: healthy } }"],
    [
      "healthy: { colour",
      "watch: { below: 40, colour: blue }\n      healthy: { colour",
      "found 40; bands go from the worst up",
    ],
    [
      "line: { 0: 0, 10: 100 }",
      "0: 0",
      'unknown key "0"; put the points under line or steps; allowed here: line, steps, match',
    ],
    [
      "    bands:",
      "    limits: [{ cap: 1, when: { health: { under: 3 } } }]\n    bands:",
      'called "health"; a score can only be asked for in plays',
    ],
  ])("%j as %j: %s", (part, otherwise, end) => {
    const problems = problemsOf(smallFileWith(part, otherwise));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.slice(-end.length)).toBe(end);
  });

  it("bands that go from the best down", () => {
    const bands = "      at_risk: { below: 50, colour: red }\n      healthy: { colour: green }\n";
    const turned = "      healthy: { colour: green }\n      at_risk: { below: 50, colour: red }\n";
    expect(problemsOf(smallFileWith(bands, turned))).toEqual([
      "19:16: scores.health.bands.healthy: every band but the last needs a below; bands go from the worst up",
      "20:16: scores.health.bands.at_risk: the last band holds the rest: it takes no below; bands go from the worst up",
    ]);
  });

  it.each([
    ["{ value: company.seats }", "{ label: Seats: used, value: company.seats }", /put the text in quotes$/],
    [
      "{ value: company.seats }",
      "{ label: 'Kari's seats', value: company.seats }",
      /^7:24: an apostrophe inside single quotes: use double quotes$/,
    ],
    ["name: Small", "name: 'Kari's rules'", /^1:12: an apostrophe inside single quotes: use double quotes$/],
    ["name: Small", 'name: "Small" rules', /^1:15: Unexpected scalar at node end: put the text in quotes$/],
  ])("%j as %j is no YAML", (part, otherwise, message) => {
    expect(problemsOf(smallFileWith(part, otherwise))[0]).toMatch(message);
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
