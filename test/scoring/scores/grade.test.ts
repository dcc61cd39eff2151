import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileGrade } from "../../../src/scoring/scores/grade.ts";
import type { Grade } from "../../../src/scoring/ruleset/score-rules.ts";
import { pointsOf } from "../points-of.ts";

const points = (kind: "line" | "steps", ...pairs: [number, number][]): Grade => ({
  kind,
  points: pointsOf(...pairs),
});

describe("a line", () => {
  it.each([
    [-100, 100],
    [0, 100],
    [7, 90],
    [14, 80],
    [22, 60],
    [30, 40],
    [45, 20],
    [60, 0],
    [9999, 0],
  ])("at %s is %s, and level beyond its ends", (value, grade) => {
    expect(compileGrade(points("line", [0, 100], [14, 80], [30, 40], [60, 0]))(value)).toBe(grade);
  });

  it("may rise, turn, and lie below zero", () => {
    const grade = compileGrade(points("line", [-10, 0], [0, 100], [10, 0]));
    expect([-11, -5, 0, 2.5, 10].map(grade)).toEqual([0, 50, 100, 75, 0]);
  });

  it("stays between the grades of its points", () => {
    const someGrade = fc.integer({ min: 0, max: 100 });
    const line = fc
      .uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 6 })
      .chain((ats) => fc.tuple(fc.constant(ats.toSorted((a, b) => a - b)), fc.array(someGrade, { minLength: 6 })));
    fc.assert(
      fc.property(line, fc.double({ noNaN: true, min: -2000, max: 2000 }), ([ats, grades], value) => {
        const all = ats.map((at, index): [number, number] => [at, grades[index] ?? 0]);
        const grade = compileGrade(points("line", ...all))(value) ?? -1;
        const ends = all.map(([, end]) => end);
        expect(grade).toBeGreaterThanOrEqual(Math.min(...ends) - 1e-9);
        expect(grade).toBeLessThanOrEqual(Math.max(...ends) + 1e-9);
      }),
    );
  });
});

describe("steps", () => {
  it.each([
    [-1, 100],
    [0, 100],
    [0.99, 100],
    [1, 40],
    [2.5, 40],
    [3, 0],
    [50, 0],
  ])("at %s is %s: the greatest point that is at most the value", (value, grade) => {
    expect(compileGrade(points("steps", [0, 100], [1, 40], [3, 0]))(value)).toBe(grade);
  });
});

describe("a value without a place", () => {
  it.each(["", "many", "Infinity", true])("%j has no grade on a line or on steps", (value) => {
    expect(compileGrade(points("line", [0, 0], [1, 100]))(value)).toBeNull();
    expect(compileGrade(points("steps", [0, 0], [1, 100]))(value)).toBeNull();
  });

  it("has none among matches either", () => {
    const grade = compileGrade({
      kind: "match",
      grades: new Map([
        ["HEALTHY", 100],
        ["true", 70],
        ["007", 5],
      ]),
    });
    expect(["HEALTHY", "healthy", true, "007", 7, "constructor"].map(grade)).toEqual([100, null, 70, 5, null, null]);
  });
});

describe("a match", () => {
  const gradesOf = (grades: Record<string, number>) =>
    compileGrade({ kind: "match", grades: new Map(Object.entries(grades)) });

  it.each([
    [true, 90],
    [false, 20],
    ["true", 90],
    ["false", 20],
    ["yes", 90],
    ["True", null],
  ])("takes %j by yes and no", (value, grade) => {
    expect(gradesOf({ yes: 90, no: 20 })(value)).toBe(grade);
  });

  it("prefers what is written", () => {
    expect(gradesOf({ true: 10, yes: 90 })(true)).toBe(10);
    expect(gradesOf({ "a;b": 10, a: 90, b: 80 })("a;b")).toBe(10);
  });

  it.each([
    ["chat;mail", 40],
    ["mail;chat", 40],
    ["mail;other", 70],
    ["other;another", null],
    ["mail", 70],
    [";", null],
  ])("takes the worst grade of the chosen options of %s", (value, grade) => {
    expect(gradesOf({ mail: 70, chat: 40 })(value)).toBe(grade);
  });
});
