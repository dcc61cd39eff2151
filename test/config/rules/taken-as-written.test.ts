import { describe, expect, it } from "@jest/globals";
import { parseRules } from "../../../src/config/rules/parse-rules.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import { momentAt } from "../../scoring/moment-at.ts";
import { pointsOf } from "../../scoring/points-of.ts";
import { sampleFacts } from "../../scoring/sample-facts.ts";
import { smallFile, smallFileWith } from "./small-file.ts";

const parse = (text: string) => parseRules(text, "rules.yaml");
const firstGrade = (ruleset: Ruleset) => ruleset.scores[0]?.dimensions[0]?.rules[0]?.grade;

describe("values", () => {
  it.each(["007", "NO", "off", "null", "~", "12345678901234567", "0x1F", "1e3", "1_000", "2026-10-03", "0o7", ".inf"])(
    "%s is taken as written",
    (text) => {
      const [test] = parse(smallFileWith("lifecyclestage: customer", `lifecyclestage: ${text}`)).customers.where;
      expect(test?.test).toEqual({ kind: "is", values: [text] });
      const matching = parse(smallFileWith("line: { 0: 0, 10: 100 }", `match: { ${text}: 7 }`));
      expect(firstGrade(matching)).toEqual({ kind: "match", grades: new Map([[text, 7]]) });
    },
  );

  it("keep their spaces in quotes", () => {
    const where = `lifecyclestage: " customer", tier: [" a", 'b ']`;
    expect(parse(smallFileWith("lifecyclestage: customer", where)).customers.where).toEqual([
      { field: "lifecyclestage", test: { kind: "is", values: [" customer"] } },
      { field: "tier", test: { kind: "is", values: [" a", "b "] } },
    ]);
  });

  it.each([
    ["known", [{ kind: "known" }]],
    ["unknown", [{ kind: "unknown" }]],
    ["{ is: known }", [{ kind: "is", values: ["known"] }]],
    ["[a, 1]", [{ kind: "is", values: ["a", "1"] }]],
    ["{ not: x }", [{ kind: "not", values: ["x"] }]],
    ["{ in: [x, y] }", [{ kind: "is", values: ["x", "y"] }]],
    ["{ within: 6mo }", [{ kind: "within", last: { amount: 6, unit: "mo" } }]],
    [
      "{ over: 1, under: +2.5, at_least: -3, at_most: .5 }",
      [
        { kind: "over", than: 1 },
        { kind: "under", than: 2.5 },
        { kind: "at_least", than: -3 },
        { kind: "at_most", than: 0.5 },
      ],
    ],
  ])("of a condition: %s", (written, tests) => {
    const { where } = parse(smallFileWith("lifecyclestage: customer", `lifecyclestage: ${written}`)).customers;
    expect(where).toEqual(tests.map((test) => ({ field: "lifecyclestage", test })));
  });
});

describe("points", () => {
  it("are sorted as numbers, whatever their order in the file", () => {
    const written = "line: { 10: 50, 9: 40, -1: 10, 0.5: 20, -10: 0, 100: 100 }";
    const points = pointsOf([-10, 0], [-1, 10], [0.5, 20], [9, 40], [10, 50], [100, 100]);
    expect(firstGrade(parse(smallFileWith("line: { 0: 0, 10: 100 }", written)))).toEqual({ kind: "line", points });
  });
});

describe("names that objects have by nature", () => {
  it("do no harm as names and as properties", () => {
    const text = smallFile
      .replaceAll("seats", "constructor")
      .replaceAll("usage", "tostring")
      .replaceAll("urgent", "valueof")
      .replace("open: true", "constructor: a, hasOwnProperty: b, property.toString: c");
    const compiled = compileRuleset(parseRules(text, "rules.yaml", { propertyNames: "any" }));
    const moment = momentAt("2026-10-03T12:00:00Z");
    const facts = sampleFacts({ tickets: [{}] });
    expect([...compiled.takeSnapshot(facts, moment, null)]).toEqual([
      ["constructor", { known: false, why: "blank" }],
      ["valueof", { known: true, value: 0, since: null }],
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("a play's name in keys", () => {
  it.each([
    ["At-risk follow-up", "at-risk-follow-up"],
    ["  Ring kunden på én dag!  ", "ring-kunden-pa-en-dag"],
    ["90 days", "90-days"],
  ])("%j is %s", (name, slug) => {
    expect(parse(smallFileWith("name: Call", `name: "${name}"`)).plays[0]?.slug).toBe(slug);
  });
});
