import { describe, expect, it } from "@jest/globals";
import { bandOf } from "../../../src/scoring/scores/band.ts";
import type { FieldTest } from "../../../src/scoring/ruleset/field-test.ts";
import type { Score } from "../../../src/scoring/scores/score.ts";
import { plainRule, threeBands } from "../sample-ruleset.ts";
import { scoreOf } from "../score-of.ts";

const pointsOf = (score: Score) => score.contributions.map(({ points }) => points);
const atLeast = (field: string, than: number): FieldTest[] => [{ field, test: { kind: "at_least", than } }];

describe("the weighted mean", () => {
  it("is over dimensions, each a mean over its rules", () => {
    const score = scoreOf({ seats: 100, features: 50, nps: 20 });
    expect(score).toMatchObject({ value: 61, band: "watch", coverage: 1, scale: 0, limit: null, rulesetHash: "first" });
    expect(pointsOf(score)).toEqual([37.4, 18.7, 4.9]);
    expect(score.dimensions).toEqual([
      { name: "usage", label: "Use", value: 75, share: 0.75 },
      { name: "voice", label: "Voice", value: 20, share: 0.25 },
    ]);
  });

  it("leaves a missing rule out of its own dimension alone", () => {
    const score = scoreOf({ seats: 100, features: null, nps: 20 });
    expect(score).toMatchObject({ value: 80, coverage: 0.625 });
    expect(score.contributions.map(({ share, grade, points, lost }) => ({ share, grade, points, lost }))).toEqual([
      { share: 0.75, grade: 100, points: 75, lost: 0 },
      { share: 0, grade: null, points: 0, lost: 0 },
      { share: 0.25, grade: 20, points: 5, lost: 20 },
    ]);
  });

  it("leaves a missing dimension out of the score", () => {
    const score = scoreOf({ seats: 100, features: 50, nps: null });
    expect(score).toMatchObject({ value: 75, band: "healthy", coverage: 0.75 });
    expect(score.dimensions.map(({ value, share }) => ({ value, share }))).toEqual([
      { value: 75, share: 1 },
      { value: null, share: 0 },
    ]);
  });

  it("takes a value without a grade for unknown", () => {
    const match = { ...plainRule("nps"), grade: { kind: "match" as const, grades: new Map([["9", 100]]) } };
    const dimensions = [{ name: "voice", label: "Voice", weight: 1, rules: [match, plainRule("seats")] }];
    expect(scoreOf({ nps: 8, seats: 40 }, { dimensions })).toMatchObject({ value: 40, coverage: 0.5 });
  });

  it("does not see decimal weights as more or less than they say", () => {
    const dimensions = [0.1, 0.2, 0.7].map((weight, index) => ({
      name: `d${index}`,
      label: "",
      weight,
      rules: [plainRule(`s${index}`)],
    }));
    const score = scoreOf({ s0: 100, s1: 100 }, { dimensions, minimumCoverage: 0.3 });
    expect(score).toMatchObject({ value: 100, coverage: 0.3 });
    // 31.5, which the binary fractions of these weights would make 31.499999999999996.
    expect(scoreOf({ s0: 0, s1: 0, s2: 45 }, { dimensions }).value).toBe(32);
  });
});

describe("too little known", () => {
  const without = { adjustments: [], scale: 0, limit: null, value: null, band: "unknown" };
  it("makes no score below the minimum, and one at it", () => {
    const few = { seats: null, features: 100, nps: null };
    expect(scoreOf(few, { minimumCoverage: 0.376 })).toMatchObject({ ...without, coverage: 0.375 });
    expect(scoreOf(few, { minimumCoverage: 0.375 })).toMatchObject({ value: 100, coverage: 0.375 });
    expect(pointsOf(scoreOf(few))).toEqual([0, 0, 0]);
  });

  it("makes none of nothing, even where the rules ask for nothing", () => {
    const always = { label: "", when: atLeast("seats", 0) };
    const rules = {
      minimumCoverage: 0,
      adjustments: [{ ...always, points: 5 }],
      limits: [{ ...always, kind: "floor" as const, at: 60 }],
    };
    expect(scoreOf({}, rules)).toMatchObject({ ...without, coverage: 0 });
  });
});

describe("adjustments", () => {
  const adjustments = [
    { label: "promoter", points: 5, when: atLeast("nps", 90) },
    { label: "busy", points: -8, when: atLeast("seats", 50) },
    { label: "unknown", points: -50, when: [{ field: "nothing", test: { kind: "over" as const, than: -1 } }] },
  ];
  it("add those that hold", () => {
    const score = scoreOf({ seats: 60, features: 60, nps: 90 }, { adjustments });
    expect(score.value).toBe(65);
    expect(score.adjustments).toEqual([
      { label: "promoter", points: 5 },
      { label: "busy", points: -8 },
    ]);
    expect(pointsOf(score)).toEqual([22.7, 22.7, 22.6]);
  });

  it("end at the ends of the scale", () => {
    const high = scoreOf({ seats: 99, features: 99, nps: 99 }, { adjustments: adjustments.slice(0, 1) });
    expect(high).toMatchObject({ value: 100, scale: -4 });
    const low = scoreOf(
      { seats: 50, features: 0, nps: 0 },
      { adjustments: [{ label: "", points: -60, when: atLeast("seats", 50) }] },
    );
    expect(low).toMatchObject({ value: 0, scale: 41.2, band: "at_risk" });
  });
});

describe("limits", () => {
  const limit = (kind: "cap" | "floor", at: number) => ({ label: `${kind} ${at}`, kind, at, when: atLeast("nps", 0) });
  it.each([
    ["a cap takes down", 90, [limit("cap", 40)], 40, -50],
    ["a cap above does nothing", 30, [limit("cap", 40)], 30, null],
    ["a cap at the value does nothing", 40, [limit("cap", 40)], 40, null],
    ["the lowest cap holds", 90, [limit("cap", 60), limit("cap", 40), limit("cap", 50)], 40, -50],
    ["a floor lifts", 20, [limit("floor", 60)], 60, 40],
    ["the highest floor holds", 20, [limit("floor", 30), limit("floor", 60)], 60, 40],
    ["a cap comes after a floor", 90, [limit("cap", 40), limit("floor", 60)], 40, -50],
    ["a cap holds what a floor lifted", 20, [limit("floor", 60), limit("cap", 40)], 40, 20],
    ["a cap at 0", 90, [limit("cap", 0)], 0, -90],
  ])("%s", (_, all, limits, value, points) => {
    const score = scoreOf({ seats: all, features: all, nps: all }, { limits });
    expect(score.value).toBe(value);
    expect(score.limit?.points ?? null).toBe(points);
  });

  it("come after adjustments and the ends of the scale", () => {
    const adjustments = [{ label: "", points: 30, when: atLeast("nps", 0) }];
    const score = scoreOf({ seats: 80, features: 80, nps: 80 }, { adjustments, limits: [limit("cap", 40)] });
    expect(score).toMatchObject({ value: 40, scale: -10, limit: { points: -60 } });
  });
});

describe("bands", () => {
  it.each([
    [0, "at_risk"],
    [49, "at_risk"],
    [50, "watch"],
    [74, "watch"],
    [75, "healthy"],
    [100, "healthy"],
    [null, "unknown"],
  ])("%s is %s", (value, band) => {
    expect(bandOf(threeBands, value)).toBe(band);
  });

  it("are decided on the whole number", () => {
    expect(scoreOf({ seats: 49.5, features: 49.5, nps: 49.5 })).toMatchObject({ value: 50, band: "watch" });
    expect(scoreOf({ seats: 49.4, features: 49.4, nps: 49.4 })).toMatchObject({ value: 49, band: "at_risk" });
  });

  it("must hold every score", () => {
    expect(() => bandOf(threeBands.slice(0, 1), 60)).toThrow(RangeError);
  });
});

describe("the pulse", () => {
  it("is told, and moves nothing", () => {
    const all = { seats: 40, features: 40, nps: 40 };
    const mood = { known: true, value: "AT_RISK", since: null };
    expect(scoreOf({ ...all, mood: "AT_RISK" }, { pulse: "mood" })).toMatchObject({ value: 40, pulse: mood });
    expect(scoreOf(all, { pulse: "mood" }).pulse).toBeNull();
    expect(scoreOf({ ...all, mood: "AT_RISK" }).pulse).toBeNull();
  });
});
