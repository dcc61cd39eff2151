import { describe, expect, it } from "@jest/globals";
import type { Comparison } from "../../../src/scoring/ruleset/field-test.ts";
import { compilePlayCondition } from "../../../src/scoring/plays/play-condition.ts";
import { churnedScore } from "../../../src/scoring/scores/score.ts";
import { momentAt } from "../moment-at.ts";
import { levelFacts } from "../sample-facts.ts";

const moment = momentAt("2026-10-01T03:00:00Z");

function holds(field: string, test: Comparison, value: number | null): boolean {
  const score = { ...churnedScore("health", "first", value), band: value === null ? "unknown" : "at_risk" };
  const now = {
    facts: levelFacts(40),
    snapshot: new Map([["seats", { known: true as const, value: 7, since: null }]]),
    scores: new Map([["health", score]]),
  };
  return compilePlayCondition([{ field, test }], new Set(["health", "other"]))(now, moment);
}

describe("a condition of a play", () => {
  it.each<[string, string, Comparison, number | null, boolean]>([
    ["compares a text with the band", "health", { kind: "is", values: ["at_risk", "watch"] }, 40, true],
    ["compares a text with the band alone", "health", { kind: "is", values: ["40"] }, 40, false],
    ["denies a band", "health", { kind: "not", values: ["at_risk"] }, 40, false],
    ["denies another band", "health", { kind: "not", values: ["watch"] }, 40, true],
    ["denies nothing of a score that is null", "health", { kind: "not", values: ["watch"] }, null, false],
    ["compares a number with the value", "health", { kind: "under", than: 41 }, 40, true],
    ["compares a number with no value", "health", { kind: "under", than: 41 }, null, false],
    ["tells a known score", "health", { kind: "known" }, 40, true],
    ["tells one that is null", "health", { kind: "unknown" }, null, true],
    ["knows nothing of a score that was not made", "other", { kind: "unknown" }, 40, true],
    ["compares signals", "seats", { kind: "over", than: 6 }, 40, true],
    ["compares signals too", "seats", { kind: "over", than: 7 }, 40, false],
  ])("%s", (_, field, test, value, expected) => {
    expect(holds(field, test, value)).toBe(expected);
  });
});
