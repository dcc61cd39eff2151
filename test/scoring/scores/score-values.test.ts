import { describe, expect, it } from "@jest/globals";
import type { Score } from "../../../src/scoring/scores/score.ts";
import { churnedValues, scoreValues, type WrittenValues } from "../../../src/scoring/scores/score-values.ts";
import { compileScorecard } from "../../../src/scoring/scores/scorecard.ts";
import type { CutPoints } from "../../../src/scoring/scores/placement.ts";
import type { ScoreRules } from "../../../src/scoring/ruleset/score-rules.ts";
import { plainRule, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

const rules = sampleScore();
const loss = (label: string, lost: number): Score["contributions"][number] => ({
  dimension: "usage",
  signal: label,
  label,
  observation: { known: true, value: "low", since: null },
  grade: 0,
  assumed: null,
  share: lost / 100,
  points: 0,
  lost,
});
const score: Score = {
  name: "health",
  rulesetHash: "first",
  phase: null,
  value: 61,
  band: "watch",
  coverage: 0.625,
  dimensions: [
    { name: "usage", label: "Use", value: 75, share: 0.75 },
    { name: "voice", label: "Voice", value: null, share: 0 },
  ],
  contributions: [loss("Seats", 20), loss("Mood", 10)],
  adjustments: [],
  scale: 0,
  limit: null,
  override: null,
  pulse: null,
};
const first: WrittenValues = {
  chs_health_score: "61",
  chs_health_band: "watch",
  chs_health_coverage: "63",
  chs_health_reasons: "Seats: low\nMood: low",
  chs_health_change_30d: "",
  chs_health_scored_at: "1000",
  chs_health_usage: "75",
  chs_health_voice: "",
};
const valuesOf = (changed: Partial<Score>, standing: WrittenValues | null, valueAgo: number | null = null) =>
  valuesBy(rules, changed, standing, { valueAgo });
const valuesBy = (
  by: ScoreRules,
  changed: Partial<Score>,
  standing: WrittenValues | null,
  { valueAgo = null, cutPoints = null }: { valueAgo?: number | null; cutPoints?: CutPoints | null } = {},
) => {
  const context = { valueAgo, instantMs: 2000, cutPoints, standing };
  return scoreValues(compileScorecard(by, sampleRuleset()), { ...score, ...changed }, context);
};

describe("the values of a score", () => {
  it("are all of its properties, at first", () => {
    expect(valuesOf({}, null, 70)).toEqual({ ...first, chs_health_change_30d: "-9", chs_health_scored_at: "2000" });
  });

  it.each<[string, Partial<Score>, number | null]>([
    ["nothing", {}, null],
    ["the coverage", { coverage: 1 }, null],
    ["the change over 30 days", {}, 80],
    [
      "the order of the reasons",
      { contributions: score.contributions.toReversed().map((c, i) => ({ ...c, lost: 20 - i })) },
      null,
    ],
    ["what is under a point", { contributions: [...score.contributions, loss("Tiny", 0.5)] }, null],
  ])("stand as they are where %s changed", (_, changed, valueAgo) => {
    expect(valuesOf(changed, first, valueAgo)).toEqual(first);
  });

  it.each<[string, Partial<Score>, WrittenValues]>([
    ["the value", { value: 60 }, { chs_health_score: "60" }],
    ["the band", { band: "at_risk" }, { chs_health_band: "at_risk" }],
    ["a reason", { contributions: [loss("Seats", 20)] }, { chs_health_reasons: "Seats: low" }],
    [
      "a dimension",
      { dimensions: [{ name: "usage", label: "Use", value: 74, share: 1 }, ...score.dimensions.slice(1)] },
      { chs_health_usage: "74" },
    ],
    [
      "the score to none",
      { value: null, band: "unknown", dimensions: [] },
      { chs_health_score: "", chs_health_band: "unknown", chs_health_reasons: "", chs_health_usage: "" },
    ],
  ])("are written whole, with their instant, where %s changed", (_, changed, expected) => {
    const values = valuesOf({ ...changed, coverage: 1 }, first);
    expect(values).toEqual({ ...first, chs_health_coverage: "100", chs_health_scored_at: "2000", ...expected });
  });

  it("are written where one was not there before", () => {
    const before = Object.fromEntries(Object.entries(first).filter(([name]) => name !== "chs_health_voice"));
    expect(valuesOf({}, before)).toEqual({ ...first, chs_health_scored_at: "2000" });
  });

  it("of a customer that left are kept, in the band churned", () => {
    expect(churnedValues(rules, first)).toEqual({ ...first, chs_health_band: "churned" });
    expect(churnedValues(rules, null)).toEqual({ chs_health_band: "churned" });
    expect(churnedValues(rules, { ...first, another: "1" })).not.toHaveProperty("another");
  });
});

describe("the values of a score with phases", () => {
  const setup = { name: "setup", label: "Set-up", weight: 1, rules: [plainRule("setup")] };
  const [usage] = rules.dimensions;
  const phased = sampleScore({
    phases: [{ ...rules, name: "new", label: "New", when: [], dimensions: usage ? [usage, setup] : [] }],
  });
  const standing = { ...first, chs_health_phase: "", chs_health_setup: "" };
  const inPhase = {
    phase: "new",
    dimensions: [
      { name: "usage", label: "Use", value: 75, share: 0.5 },
      { name: "setup", label: "Set-up", value: 30, share: 0.5 },
    ],
  };

  it("are those of all dimensions, blank where the phase has none of the name", () => {
    expect(valuesBy(phased, inPhase, null)).toMatchObject({
      chs_health_phase: "new",
      chs_health_usage: "75",
      chs_health_setup: "30",
      chs_health_voice: "",
    });
    expect(valuesBy(phased, {}, null)).toMatchObject({ chs_health_phase: "", chs_health_setup: "" });
  });

  it("stand as they are while the phase does, and are written where it changed", () => {
    expect(valuesBy(phased, {}, standing)).toEqual(standing);
    expect(valuesBy(phased, { phase: "new" }, standing)).toEqual({
      ...standing,
      chs_health_phase: "new",
      chs_health_scored_at: "2000",
    });
  });

  it("have no phase where the score has none", () => {
    expect(Object.keys(valuesOf({}, null))).not.toContain("chs_health_phase");
  });
});

describe("the placement in the portfolio", () => {
  const placed = sampleScore({ percentileBands: { unhealthy: 25, healthy: 75, property: "chs_place" } });
  it.each([
    [{ low: 70, high: 90 }, "unhealthy"],
    [{ low: 61, high: 62 }, "middle"],
    [{ low: 40, high: 61 }, "healthy"],
    [null, ""],
  ])("by the cut %j is %j", (cutPoints, placement) => {
    expect(valuesBy(placed, {}, null, { cutPoints }).chs_place).toBe(placement);
  });

  it("is blank without a score", () => {
    const cutPoints = { low: 40, high: 61 };
    expect(valuesBy(placed, { value: null, band: "unknown" }, null, { cutPoints }).chs_place).toBe("");
  });

  it("is written where the cut alone has moved, and stands where it has not", () => {
    const standing = { ...first, chs_place: "middle" };
    expect(valuesBy(placed, {}, standing, { cutPoints: { low: 50, high: 80 } })).toEqual(standing);
    expect(valuesBy(placed, {}, standing, { cutPoints: { low: 50, high: 60 } })).toEqual({
      ...standing,
      chs_place: "healthy",
      chs_health_scored_at: "2000",
    });
  });

  it("is kept when the customer leaves", () => {
    expect(churnedValues(placed, { ...first, chs_place: "middle" })).toMatchObject({ chs_place: "middle" });
  });
});
