import { expect, test } from "@jest/globals";
import type { PropertyValues } from "../../src/scoring/facts.ts";
import type { Capability } from "./capability-names.ts";
import { scoreOf } from "./scored.ts";
import type { RuleParts } from "./rules-around.ts";

/** Properties of the company, and the score that they give. */
type Case = { can: Capability; parts: RuleParts; scores: [company: PropertyValues, score: number | null][] };

const twoRules = (rest: string) => `
  - { signal: level, grade: { line: { 0: 0, 100: 100 } } }
  - { signal: pulse, ${rest} }`;
const pulse = "pulse: { value: company.pulse }";

const cases: Case[] = [
  {
    can: "grade on a line",
    parts: { rules: "- { signal: level, grade: { line: { 60: 0, 0: 100, 30: 40 } } }" },
    scores: [
      [{ level: "-5" }, 100],
      [{ level: "15" }, 70],
      [{ level: "30" }, 40],
      [{ level: "45" }, 20],
      [{ level: "90" }, 0],
    ],
  },
  {
    can: "grade in steps",
    parts: { rules: "- { signal: level, grade: { steps: { 0: 100, 1: 60, 10: 0 } } }" },
    scores: [
      [{ level: "0.9" }, 100],
      [{ level: "1" }, 60],
      [{ level: "9" }, 60],
      [{ level: "10" }, 0],
    ],
  },
  {
    can: "grade by match",
    parts: {
      signals: `
        plan: { value: company.plan }
        asked: { exists: feedback }`,
      rules: `
        - { signal: plan, weight: 3, grade: { match: { GOLD: 100, SILVER: 60, 007: 20 } } }
        - { signal: asked, weight: 1, grade: { match: { yes: 100, no: 0 } } }`,
    },
    scores: [
      [{ plan: "GOLD" }, 75],
      [{ plan: "SILVER" }, 45],
      [{ plan: "007" }, 15],
      // Without a grade of its own a value is unknown.
      [{ plan: "gold" }, null],
    ],
  },
  {
    can: "grade of the worst chosen option",
    parts: {
      signals: "wishes: { value: company.wishes }",
      rules: "- { signal: wishes, grade: { match: { more_seats: 100, support: 60, cancel: 10 } } }",
    },
    scores: [
      [{ wishes: "more_seats" }, 100],
      [{ wishes: "more_seats;cancel;support" }, 10],
      [{ wishes: "support;something_else" }, 60],
      [{ wishes: "something_else" }, null],
    ],
  },
  {
    // ((3 x level + 1 x use) / 4 x 3 + 1 x voice) / 4
    can: "weights of rules and dimensions",
    parts: {
      signals: "used: { value: company.used }\nvoice: { value: company.voice }",
      dimensions: `
        usage:
          weight: 3
          rules:
            - { signal: level, weight: 3, grade: { line: { 0: 0, 100: 100 } } }
            - { signal: used, grade: { line: { 0: 0, 100: 100 } } }
        opinion: { weight: 1, rules: [{ signal: voice, grade: { line: { 0: 0, 100: 100 } } }] }`,
    },
    scores: [
      [{ level: "100", used: "0", voice: "0" }, 56],
      [{ level: "0", used: "100", voice: "0" }, 19],
      [{ level: "0", used: "0", voice: "100" }, 25],
    ],
  },
  {
    can: "missing: leave out",
    parts: { signals: pulse, rules: twoRules("grade: { line: { 0: 0, 100: 100 } }, missing: exclude") },
    scores: [
      [{ level: "80", pulse: "0" }, 40],
      [{ level: "80" }, 80],
    ],
  },
  {
    can: "missing: neutral",
    parts: { signals: pulse, rules: twoRules("grade: { line: { 0: 0, 100: 100 } }, missing: neutral") },
    scores: [[{ level: "80" }, 65]],
  },
  {
    can: "missing: a fixed grade",
    parts: { signals: pulse, rules: twoRules("grade: { line: { 0: 0, 100: 100 } }, missing: { grade: 30 }") },
    scores: [
      [{ level: "80" }, 55],
      // Nothing is known.
      [{}, null],
    ],
  },
  {
    can: "minimum coverage",
    parts: {
      signals: pulse,
      rules: twoRules("weight: 3, grade: { line: { 0: 0, 100: 100 } }"),
      score: "minimum_coverage: 60%",
    },
    scores: [
      [{ level: "80" }, null],
      [{ pulse: "80" }, 80],
    ],
  },
  {
    can: "adjustments",
    parts: {
      score: `
        adjustments:
          - { label: Half way, points: 5, when: { level: { at_least: 50 } } }
          - { label: Nearly there, points: -10, when: { level: { between: [60, 70] } } }`,
    },
    scores: [
      [{ level: "49" }, 49],
      [{ level: "50" }, 55],
      [{ level: "60" }, 55],
      [{ level: "98" }, 100],
    ],
  },
  {
    can: "cap",
    parts: {
      score: "limits: [{ cap: 40, when: { level: { over: 60 } } }, { cap: 20, when: { level: { over: 90 } } }]",
    },
    scores: [
      [{ level: "60" }, 60],
      [{ level: "61" }, 40],
      [{ level: "91" }, 20],
    ],
  },
  {
    can: "floor",
    parts: { score: "limits: [{ label: New, floor: 30, when: { level: { under: 25 } } }]" },
    scores: [
      [{ level: "10" }, 30],
      [{ level: "25" }, 25],
    ],
  },
];

test.each(cases)("$can", ({ parts, scores }) => {
  const found = scores.map(([company]) => [company, scoreOf(parts, { company }).value]);
  expect(found).toEqual(scores);
});
