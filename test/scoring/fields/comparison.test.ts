import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileComparison } from "../../../src/scoring/fields/comparison.ts";
import { parseDuration, type Duration } from "../../../src/scoring/time/duration.ts";
import type { Comparison, PointInTime } from "../../../src/scoring/ruleset/field-test.ts";
import { momentAt } from "../moment-at.ts";

const moment = momentAt("2026-10-03T12:00:00Z");
const duration = (length: string): Duration => {
  const parsed = parseDuration(length);
  if (!parsed) throw new RangeError(length);
  return parsed;
};
const within = (length: string): Comparison => ({ kind: "within", last: duration(length) });
const withinNext = (length: string): Comparison => ({ kind: "within_next", next: duration(length) });
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

  it("between 0 and 50, both ends counted", () => {
    const test: Comparison = { kind: "between", from: 0, to: 50 };
    const values = [-0.1, 0, 25, 50, 50.1];
    expect(values.map((value) => passes(test, value))).toEqual([false, true, true, true, false]);
    expect(values.map((value) => passes(test, String(value)))).toEqual([false, true, true, true, false]);
    expect(passes({ kind: "between", from: 7, to: 7 }, 7)).toBe(true);
  });

  it("is passed by nothing that is no number", () => {
    for (const value of ["", " ", "many", "Infinity", true, false]) {
      expect(passes({ kind: "between", from: -1, to: 1 }, value)).toBe(false);
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

describe("contains", () => {
  it.each<[string, string | number | boolean, boolean]>([
    ["late", "The invoice was late again", true],
    ["late", "LATE!", true],
    ["Late", "too late", true],
    ["late", "latest", false],
    ["late", "translate", false],
    ["late", "late_fee", false],
    ["late", "late2", false],
    ["late", "very-late", true],
    ["bad", "so bad; so late", true],
    ["for sen", "Alt for  sen\nlevering", true],
    ["for sen", "for senere", false],
    ["ærlig", "ÆRLIG talt", true],
    ["rlig", "ærlig", false],
    ["for", "fôr", false],
    ["caf\u00e9", "the cafe\u0301 closed", true],
    ["cafe", "the cafe\u0301 closed", false],
    ["дом", "Дом, милый", true],
    ["C++", "C++;Java", true],
    ["C++", "C++17", false],
    ["(new)", "product (new) one", true],
    [".", "no", false],
    ["a|b", "a", false],
    ["9", 9, true],
    ["9", "19", false],
    ["true", true, true],
  ])("%j in %j: %s", (word, text, expected) => {
    expect(passes({ kind: "contains", values: [word] }, text)).toBe(expected);
  });

  it("is passed by any one of the words, and by an option of a multi-select", () => {
    const test: Comparison = { kind: "contains", values: ["Basic", "Pro plan"] };
    expect(["basic;addon", "addon;Pro plan", "Pro;plan", "pro", ""].map((text) => passes(test, text))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("is passed by nothing where no word is given", () => {
    for (const values of [[], [""], [" "]]) expect(passes({ kind: "contains", values }, "any text, ")).toBe(false);
  });
});

describe("within the next", () => {
  it.each([
    ["3d", "2026-10-03", true],
    ["3d", "2026-10-02", false],
    ["3d", "2026-10-06", true],
    ["3d", "2026-10-07", false],
    ["3d", "2026-10-06T21:59:59Z", true],
    ["3d", "2026-10-06T22:00:00Z", false],
    ["3d", "2026-10-03T00:00:00Z", true],
    ["5mo", "2027-03-03", true],
    ["5mo", "2027-03-04", false],
    ["2h", "2026-10-03T14:00:00Z", true],
    ["2h", "2026-10-03T14:00:00.001Z", false],
    ["2h", "2026-10-03T11:59:59.999Z", false],
    ["30d", "tomorrow", false],
  ])("%s: %s %s", (length, value, expected) => {
    expect(passes(withinNext(length), value)).toBe(expected);
  });
});

describe("before and after a day", () => {
  it.each<[PointInTime, string, "before" | "after" | null]>([
    [{ kind: "date", date: "2026-10-03" }, "2026-10-02", "before"],
    [{ kind: "date", date: "2026-10-03" }, "2026-10-03", null],
    [{ kind: "date", date: "2026-10-03" }, "2026-10-04", "after"],
    [{ kind: "date", date: "2026-10-03" }, "2026-10-02T22:00:00Z", null],
    [{ kind: "date", date: "2026-10-03" }, "2026-10-03T22:00:00Z", "after"],
    [{ kind: "today" }, "2026-10-02", "before"],
    [{ kind: "today" }, "2026-10-03T12:00:01Z", null],
    [{ kind: "today" }, "2026-10-04", "after"],
    [{ kind: "ago", by: duration("30d") }, "2026-09-02", "before"],
    [{ kind: "ago", by: duration("30d") }, "2026-09-03", null],
    [{ kind: "ago", by: duration("30d") }, "2026-09-04", "after"],
    [{ kind: "ahead", by: duration("1mo") }, "2026-11-02", "before"],
    [{ kind: "ahead", by: duration("1mo") }, "2026-11-03", null],
    [{ kind: "ahead", by: duration("1mo") }, "2026-11-04", "after"],
    [{ kind: "today" }, "soon", null],
    [{ kind: "date", date: "2026-02-30" }, "2026-10-04", null],
  ])("%j: %s is %s", (day, value, expected) => {
    expect(passes({ kind: "before", day }, value)).toBe(expected === "before");
    expect(passes({ kind: "after", day }, value)).toBe(expected === "after");
    expect(passes({ kind: "after", day }, 99_999)).toBe(false);
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
    { kind: "between", from: -1, to: 1 },
    { kind: "contains", values: ["null"] },
    { kind: "before", day: { kind: "today" } },
    { kind: "after", day: { kind: "today" } },
    within("9y"),
    within("9h"),
    withinNext("9y"),
    withinNext("9h"),
  ])("does not pass $kind", (test) => {
    expect(passes(test, null)).toBe(false);
  });

  it("passes unknown, and nothing else does", () => {
    expect(passes({ kind: "unknown" }, null)).toBe(true);
    for (const value of ["x", 0, false]) expect(passes({ kind: "unknown" }, value)).toBe(false);
    for (const value of ["x", 0, false]) expect(passes({ kind: "known" }, value)).toBe(true);
  });
});
