import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseRules } from "../../../src/config/rules/parse-rules.ts";
import { RuleProblems } from "../../../src/config/rules/rule-problems.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import { readPropertiesOf } from "../../../src/scoring/read-properties.ts";
import type { Ruleset } from "../../../src/scoring/ruleset.ts";
import { momentAt } from "../../scoring/moment-at.ts";
import { sampleFacts } from "../../scoring/sample-facts.ts";

const shipped = readFileSync(new URL("../../../config/health.yaml", import.meta.url), "utf8");
const lines = shipped.split("\n");
const marks = "{ } [ ] : , # & * ! | > % @ ` ' \" \\ - ? ~ 0 9 .".split(" ");
const tokens = [
  ...marks,
  "\t",
  "\n",
  " ",
  ": ",
  "- ",
  "null",
  "100",
  "-1",
  "{}",
  "[]",
  "__proto__: ",
  "<<: ",
  "{{",
  "🙂",
  "\0",
  "\uFEFF",
];

const anyPlace = fc.nat({ max: shipped.length });
const anyLine = fc.nat({ max: lines.length - 1 });
const token = fc.constantFrom(...tokens);
/** The shipped file after one edit, such as a slip of the hand makes. */
const anyMutation = fc.oneof(
  fc.tuple(anyPlace, token).map(([at, text]) => shipped.slice(0, at) + text + shipped.slice(at)),
  fc
    .tuple(anyPlace, fc.integer({ min: 1, max: 12 }))
    .map(([at, count]) => shipped.slice(0, at) + shipped.slice(at + count)),
  fc.tuple(anyPlace, token).map(([at, text]) => shipped.slice(0, at) + text + shipped.slice(at + text.length)),
  anyLine.map((line) => lines.toSpliced(line, 1).join("\n")),
  anyLine.map((line) => lines.toSpliced(line, 0, lines[line] ?? "").join("\n")),
  fc.tuple(anyLine, anyLine).map(([from, to]) => lines.toSpliced(from, 1, lines[to] ?? "").join("\n")),
  fc
    .tuple(anyLine, fc.integer({ min: 1, max: 4 }))
    .map(([line, by]) => lines.with(line, " ".repeat(by) + (lines[line] ?? "")).join("\n")),
);

/** A ruleset or its problems; anything else that is thrown is thrown on. */
function read(text: string): Ruleset | RuleProblems {
  try {
    return parseRules(text, "health.yaml");
  } catch (error) {
    if (error instanceof RuleProblems) return error;
    throw error;
  }
}

describe("a slip of the hand in the shipped file", () => {
  it("ends in a ruleset that scores, or in problems with a place in the file, and in nothing else", () => {
    const moment = momentAt("2026-10-03T12:00:00Z");
    const facts = sampleFacts({ company: { last_login_at: "2026-09-01" }, tickets: [{}], invoices: null });
    let loaded = 0;
    fc.assert(
      fc.property(anyMutation, (text) => {
        const outcome = read(text);
        if (!(outcome instanceof RuleProblems)) {
          loaded += 1;
          const compiled = compileRuleset(outcome);
          readPropertiesOf(outcome);
          for (const { score } of compiled.scorecards) score(compiled.takeSnapshot(facts, moment), moment);
          return;
        }
        const lastLine = text.split("\n").length;
        const misplaced = outcome.problems.filter(
          ({ line, column, message }) => line < 1 || line > lastLine || column < 1 || message === "",
        );
        expect(misplaced).toEqual([]);
        expect(outcome.problems).not.toEqual([]);
        const places = outcome.problems.map(({ line, column }) => line * 10_000 + column);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
      { numRuns: 500, seed: 20_261_003 },
    );
    // Both ends are reached, or the test would prove little.
    expect(loaded).toBeGreaterThan(50);
    expect(loaded).toBeLessThan(450);
  });
});
