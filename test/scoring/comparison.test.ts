import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileComparison } from "../../src/scoring/comparison.ts";
import { parseDuration } from "../../src/scoring/duration.ts";
import type { Comparison } from "../../src/scoring/ruleset.ts";
import { momentAt } from "./moment-at.ts";

const moment = momentAt("2026-10-03T12:00:00Z");
const within = (length: string): Comparison => {
  const last = parseDuration(length);
  if (!last) throw new RangeError(length);
  return { kind: "within", last };
};
const passes = (test: Comparison, value: string | number | boolean | null) => compileComparison(test)(value, moment);

describe("a comparison with a number", () => {
  it.each([
    ["over", [false, false, true]],
    ["at_least", [false, true, true]],
    ["under", [true, false, false]],
    ["at_most", [true, true, false]],
  ] as const)("%s 50 of 49.9, 50 and 50.1", (kind, expected) => {
    expect([49.9, 50, 50.1].map((value) => passes({ kind, than: 50 }, value))).toEqual(expected);
    expect(["49.9", "50", "50.1"].map((value) => passes({ kind, than: 50 }, value))).toEqual(expected);
  });

  it("is passed by nothing that is no number", () => {
    for (const value of ["", " ", "many", "Infinity", true, false]) {
      expect(passes({ kind: "at_least", than: -1 }, value)).toBe(false);
      expect(passes({ kind: "at_most", than: 1 }, value)).toBe(false);
    }
  });
});

describe("a comparison with text", () => {
  it("takes values as written", () => {
    const test: Comparison = { kind: "is", values: ["007", "NO", "90071992547409931"] };
    expect(
      ["007", "7", "NO", "no", "90071992547409931", "90071992547409932"].map((value) => passes(test, value)),
    ).toEqual([true, false, true, false, true, false]);
    expect(passes({ kind: "not", values: ["7"] }, "007")).toBe(true);
    expect(passes({ kind: "not", values: ["7"] }, 7)).toBe(false);
    expect(passes({ kind: "is", values: ["true"] }, true)).toBe(true);
  });
});

describe("within", () => {
  it.each([
    ["3d", "2026-10-03", true],
    ["3d", "2026-09-30", true],
    ["3d", "2026-09-29", false],
    ["3d", "2026-09-29T22:00:00Z", true],
    ["3d", "2026-09-29T21:59:59Z", false],
    ["3d", "2026-10-04", false],
    ["1mo", "2026-09-03", true],
    ["1mo", "2026-09-02", false],
    ["2h", "2026-10-03T10:00:00Z", true],
    ["2h", "2026-10-03T09:59:59.999Z", false],
    ["2h", "2026-10-03T12:00:00.001Z", false],
    ["30d", "tomorrow", false],
  ])("the last %s: %s %s", (length, value, expected) => {
    expect(passes(within(length), value)).toBe(expected);
  });

  it("never holds for the future, nor for what is no text", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.constantFrom("1d", "5w", "9y"), (days, length) => {
        const future = new Date(moment.instantMs + days * 86_400_000).toISOString();
        expect(passes(within(length), future)).toBe(false);
        expect(passes(within(length), days)).toBe(false);
      }),
    );
  });
});

describe("what is unknown", () => {
  it.each<Comparison>([
    { kind: "known" },
    { kind: "is", values: ["null", ""] },
    { kind: "not", values: ["x"] },
    { kind: "over", than: -1 },
    { kind: "under", than: 1 },
    { kind: "at_least", than: 0 },
    { kind: "at_most", than: 0 },
    within("9y"),
    within("9h"),
  ])("does not pass $kind", (test) => {
    expect(passes(test, null)).toBe(false);
  });

  it("passes unknown, and nothing else does", () => {
    expect(passes({ kind: "unknown" }, null)).toBe(true);
    for (const value of ["x", 0, false]) expect(passes({ kind: "unknown" }, value)).toBe(false);
    for (const value of ["x", 0, false]) expect(passes({ kind: "known" }, value)).toBe(true);
  });
});
