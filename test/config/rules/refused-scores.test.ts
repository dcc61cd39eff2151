import { describe, expect, it } from "@jest/globals";
import { problemsOf, smallFileWith, type Refusal } from "./small-file.ts";

const rule0 = "scores.health.dimensions.usage.rules.0";

describe("the edges of bands", () => {
  it.each<Refusal>([
    ["below: 50, ", "", ["19:16: scores.health.bands.at_risk: every band but the last needs a below"]],
    [
      "healthy: { colour",
      "healthy: { below: 75, colour",
      ["20:16: scores.health.bands.healthy: the last band holds the rest: it takes no below"],
    ],
    [
      "below: 50",
      "below: 0",
      ["19:25: scores.health.bands.at_risk.below: expected more than 0 and at most 100, found 0"],
    ],
    [
      "below: 50",
      "below: 101",
      ["19:25: scores.health.bands.at_risk.below: expected more than 0 and at most 100, found 101"],
    ],
    [
      "      healthy:",
      "      watch: { below: 40, colour: yellow }\n      healthy:",
      [
        "20:23: scores.health.bands.watch.below: expected more than 50 and at most 100, found 40; bands go from the worst up",
      ],
    ],
    [
      "      healthy:",
      "      watch: { below: 50, colour: yellow }\n      healthy:",
      ["20:23: scores.health.bands.watch.below: expected more than 50 and at most 100, found 50"],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});

describe("grades and limits", () => {
  it.each<Refusal>([
    [
      "line: { 0: 0, 10: 100 }",
      "line: { 0: 0 }",
      [`16:45: ${rule0}.grade.line: expected at least two points, found 1`],
    ],
    [
      "line: { 0: 0, 10: 100 }",
      "line: {}",
      [`16:45: ${rule0}.grade.line: expected points such as { 0: 100, 30: 0 }, found none`],
    ],
    [
      "line: { 0: 0, 10: 100 }",
      "line: { a: 0, 10: 100 }",
      [`16:47: ${rule0}.grade.line.a: expected a number to grade, found "a"`],
    ],
    [
      "line: { 0: 0, 10: 100 }",
      "line: { 0x1F: 0, 10: 100 }",
      [`16:47: ${rule0}.grade.line.0x1F: expected a number to grade, found "0x1F"`],
    ],
    [
      "line: { 0: 0, 10: 100 }",
      "line: { 1e3: 0, 10: 100 }",
      [`16:47: ${rule0}.grade.line.1e3: expected a number to grade, found "1e3"`],
    ],
    ["line: { 0: 0, 10: 100 }", "line: { 1: 0, 1.0: 100 }", [`16:45: ${rule0}.grade.line: two points share a place`]],
    [
      "line: { 0: 0, 10: 100 }",
      "line: { 0: 0, 10: 100 }, steps: { 0: 0, 1: 1 }",
      [`16:37: ${rule0}.grade: expected exactly one of line, steps, match, found line, steps`],
    ],
    [
      "grade: { line: { 0: 0, 10: 100 } }",
      "grade: {}",
      [`16:37: ${rule0}.grade: expected exactly one of line, steps, match, found none`],
    ],
    [
      "    bands:",
      "    limits: [{ when: { seats: known } }]\n    bands:",
      ["18:14: scores.health.limits.0: expected either cap or floor"],
    ],
    [
      "    bands:",
      "    limits: [{ cap: 5, floor: 6, when: { seats: known } }]\n    bands:",
      ["18:14: scores.health.limits.0: expected either cap or floor"],
    ],
    [
      "    bands:",
      "    limits: [{ cap: 101, when: { seats: known } }]\n    bands:",
      ["18:14: scores.health.limits.0: expected a score from 0 to 100, found 101"],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});
