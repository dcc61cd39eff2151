import { describe, expect, it } from "@jest/globals";
import { compileOverrides } from "../../../src/scoring/scores/override.ts";
import { sampleScore } from "../sample-ruleset.ts";
import { scoreOf } from "../score-of.ts";

describe("what a person has set", () => {
  const override = { score: "a", reason: "b", until: "c" };
  const set = (score: string | null, reason: string | null = "New contract", until: string | null = "2026-12-24") => ({
    "health.override_score": score,
    "health.override_reason": reason,
    "health.override_until": until,
  });
  const all = { seats: 40, features: 40, nps: 40 };

  it.each([
    ["a number", set("80"), 80],
    ["the ends of the scale", set("0"), 0],
    ["a fraction, rounded", set("74.6"), 75],
    ["its last day", set("80", "New contract", "2026-10-03"), 80],
  ])("goes before the rules: %s", (_, values, value) => {
    const { band, override: told } = scoreOf({ ...all, ...values }, { override });
    expect(told).toMatchObject({ value, computed: 40, reason: "New contract", points: value - 40 });
    expect(band).toBe(value >= 75 ? "healthy" : "at_risk");
  });

  it.each([
    ["no number", set("many")],
    ["nothing", set(null)],
    ["more than 100", set("100.1")],
    ["less than 0", set("-1")],
    ["no reason", set("80", null)],
    ["no end", set("80", "New contract", null)],
    ["an end that is past", set("80", "New contract", "2026-10-02")],
    ["an end that is no date", set("80", "New contract", "soon")],
  ])("is not in force with %s", (_, values) => {
    expect(scoreOf({ ...all, ...values }, { override })).toMatchObject({ value: 40, override: null });
  });

  it("counts only where the rules ask for it", () => {
    expect(scoreOf({ ...all, ...set("80") })).toMatchObject({ value: 40, override: null });
  });

  it("stands also where too little is known", () => {
    const score = scoreOf({ seats: null, features: null, nps: 40, ...set("80") }, { override });
    expect(score).toMatchObject({ value: 80, band: "healthy", override: { computed: null, points: 80 } });
    expect(score.contributions.map(({ points }) => points)).toEqual([0, 0, 0]);
  });

  it("comes after limits, and adds up", () => {
    const limits = [
      { label: "cap", kind: "cap" as const, at: 30, when: [{ field: "nps", test: { kind: "known" as const } }] },
    ];
    const score = scoreOf({ ...all, ...set("80") }, { override, limits });
    expect(score).toMatchObject({ value: 80, limit: { points: -10 }, override: { computed: 30, points: 50 } });
  });

  it("has the day of an instant as its end", () => {
    const until = "2026-12-24T23:30:00Z";
    expect(scoreOf({ ...all, ...set("80", "x", until) }, { override }).override?.until).toBe("2026-12-25");
  });

  it("is observed as signals of the score's own name, so that a snapshot has all of it", () => {
    const read = compileOverrides([sampleScore(), sampleScore({ name: "growth", override })]);
    const unknown = { known: false, why: "blank" };
    expect(read({ a: " 80 ", b: "  ", other: "x" })).toEqual([
      ["growth.override_score", { known: true, value: "80", since: null }],
      ["growth.override_reason", unknown],
      ["growth.override_until", unknown],
    ]);
  });
});
