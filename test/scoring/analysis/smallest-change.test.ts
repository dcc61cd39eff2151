import { describe, expect, it, test } from "@jest/globals";
import { smallestChange } from "../../../src/scoring/analysis/smallest-change.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { Grade, ScoreRules } from "../../../src/scoring/ruleset/score-rules.ts";
import { momentAt } from "../moment-at.ts";
import { pointsOf } from "../points-of.ts";
import { sampleRule, sampleRuleset, sampleScore } from "../sample-ruleset.ts";
import { snapshotOf } from "./snapshot-of.ts";

const moment = momentAt("2026-10-01T10:00:00Z");

function wayUp(values: Readonly<Record<string, number | string | boolean | null>>, score: Partial<ScoreRules> = {}) {
  const compiled = compileRuleset(sampleRuleset({ scores: [sampleScore(score)] }));
  const [card] = compiled.scorecards;
  if (!card) throw new RangeError("no score");
  const found = smallestChange(card, compiled.ruleset, snapshotOf(values), moment);
  const brief = (changes: { signal: string; to: unknown; score: number }[] = []) =>
    changes.map(({ signal, to, score: reached }) => [signal, to, reached]);
  return { found, single: brief(found?.single), together: brief(found?.together) };
}

/** One rule alone, so that the grade is the score. */
function oneRule(grade: Grade): Partial<ScoreRules> {
  return { dimensions: [{ name: "use", label: "Use", weight: 1, rules: [sampleRule("seats", { grade })] }] };
}

describe("the smallest change to the next better band", () => {
  test.each<[string, Grade, number | string | boolean, unknown]>([
    ["a rising line", { kind: "line", points: pointsOf([0, 0], [100, 100]) }, 30, 50],
    ["a falling line", { kind: "line", points: pointsOf([0, 100], [10, 0]) }, 8, 5],
    ["a line with a hill", { kind: "line", points: pointsOf([0, 0], [10, 80], [20, 0]) }, 19, 13],
    ["steps down", { kind: "steps", points: pointsOf([0, 100], [3, 0]) }, 5, 2],
    ["steps up", { kind: "steps", points: pointsOf([0, 0], [3, 60], [6, 100]) }, 1, 3],
    [
      "words",
      {
        kind: "match",
        grades: new Map([
          ["BAD", 0],
          ["FAIR", 60],
          ["GOOD", 100],
        ]),
      },
      "BAD",
      "FAIR",
    ],
    [
      "a truth",
      {
        kind: "match",
        grades: new Map([
          ["yes", 90],
          ["no", 10],
        ]),
      },
      false,
      true,
    ],
    ["a number that came as text", { kind: "steps", points: pointsOf([0, 0], [3, 60]) }, "1", 3],
  ])("inverts %s", (_, grade, from, to) => {
    const { found, single } = wayUp({ seats: from }, oneRule(grade));
    expect(found).toMatchObject({ band: { name: "watch" }, from: 50, together: [] });
    expect(single).toEqual([["seats", to, expect.any(Number)]]);
    expect(found?.single[0]?.score).toBeGreaterThanOrEqual(50);
  });

  it("gives every single signal that is enough, the least effort first", () => {
    expect(wayUp({ seats: 40, features: 40, nps: 64 }).single).toEqual([
      ["nps", 78, 50],
      ["seats", 50, 50],
      ["features", 50, 50],
    ]);
  });

  it("takes several together where none is enough alone, those first that cost most", () => {
    const { single, together } = wayUp({ seats: 0, features: 10, nps: 20 });
    expect(single).toEqual([]);
    expect(together.map(([signal]) => signal)).toEqual(["seats", "features"]);
    expect(together.at(-1)?.[2]).toBe(50);
  });

  it("sees that a cap must go first", () => {
    const limits = [
      {
        label: "Overdue",
        kind: "cap" as const,
        at: 40,
        when: [{ field: "overdue", test: { kind: "over" as const, than: 60 } }],
      },
    ];
    const { single } = wayUp({ seats: 90, features: 90, nps: 90, overdue: 80 }, { limits });
    expect(single).toEqual([["overdue", 60, 90]]);
  });

  it("does not change what is not known, nor count what a person has set", () => {
    expect(wayUp({ seats: 30, features: null, nps: 30 }).single.map(([signal]) => signal)).not.toContain("features");
    const override = { score: "a", reason: "b", until: "c" };
    const set = { "health.override_score": "90", "health.override_reason": "x", "health.override_until": "2027-01-01" };
    expect(wayUp({ seats: 30, features: 30, nps: 30, ...set }, { override }).found).toMatchObject({ from: 50 });
  });

  it("is null in the best band, and where there is no score", () => {
    expect(wayUp({ seats: 90, features: 90, nps: 90 }).found).toBeNull();
    expect(wayUp({ seats: null, features: null, nps: 90 }).found).toBeNull();
  });
});
