import { describe, expect, it } from "@jest/globals";
import type { Missing } from "../../../src/scoring/ruleset/score-rules.ts";
import type { Observation } from "../../../src/scoring/signals/snapshot.ts";
import { plainRule } from "../sample-ruleset.ts";
import { scoreOf, type Observed } from "../score-of.ts";

describe("what is missing", () => {
  const voice = (missing: Missing) => ({
    minimumCoverage: 0,
    dimensions: [
      { name: "all", label: "All", weight: 1, rules: [plainRule("seats"), { ...plainRule("nps"), missing }] },
    ],
  });
  const held = (missingSince: string, value: number | string = 20): Observation => ({
    known: false,
    why: "expired",
    held: { value, missingSince },
  });
  const month = { kind: "hold" as const, for: { amount: 1, unit: "mo" as const } };
  const days = { kind: "hold" as const, for: { amount: 30, unit: "d" as const } };
  const neutral = { kind: "grade" as const, grade: 50 };

  it.each<[string, Missing, Observed, number, number, number | null, string | null]>([
    ["leaves the mean where it is excluded", { kind: "exclude" }, held("2026-10-03"), 80, 0.5, null, null],
    ["has the fixed grade, which is not known", neutral, null, 65, 0.5, 50, "fixed"],
    ["has the fixed grade also where another rule holds", neutral, held("2026-10-03"), 65, 0.5, 50, "fixed"],
    ["has the fixed grade also where the value has none", neutral, "many", 65, 0.5, 50, "fixed"],
    ["is held on the first day", days, held("2026-10-03"), 50, 1, 20, "held"],
    ["is held on the 30th", days, held("2026-09-04"), 50, 1, 20, "held"],
    ["is no longer held on the 31st", days, held("2026-09-03"), 80, 0.5, null, null],
    ["is held for a month by the calendar", month, held("2026-09-04"), 50, 1, 20, "held"],
    ["is no longer held after it", month, held("2026-09-03"), 80, 0.5, null, null],
    ["is not held where the value that it had has no grade", days, held("2026-10-03", "many"), 80, 0.5, null, null],
    ["is not held where it was never known", days, null, 80, 0.5, null, null],
    ["counts as itself where it is known", days, 60, 70, 1, 60, null],
  ])("%s", (_, missing, nps, value, coverage, grade, assumed) => {
    const score = scoreOf({ seats: 80, nps }, voice(missing));
    expect(score).toMatchObject({ value, coverage });
    expect(score.contributions[1]).toMatchObject({ grade, assumed });
  });

  it("is no score where nothing else is there but fixed grades", () => {
    expect(scoreOf({ seats: null, nps: null }, voice(neutral))).toMatchObject({ value: null, coverage: 0 });
  });

  it("loses points by its fixed grade", () => {
    expect(scoreOf({ seats: 100, nps: null }, voice(neutral)).contributions[1]).toMatchObject({ points: 25, lost: 25 });
  });
});
