import { describe, expect, it } from "@jest/globals";
import type { FieldTest } from "../../../src/scoring/ruleset/field-test.ts";
import type { Phase } from "../../../src/scoring/ruleset/score-rules.ts";
import { plainRule, sampleScore, threeBands } from "../sample-ruleset.ts";
import { scoreOf } from "../score-of.ts";

const atLeast = (field: string, than: number): FieldTest[] => [{ field, test: { kind: "at_least", than } }];

describe("phases", () => {
  const phase = (name: string, given: Partial<Phase>): Phase => ({
    ...sampleScore(),
    name,
    label: name,
    when: [{ field: "tenure_days", test: { kind: "under", than: 90 } }],
    ...given,
  });
  const early = { name: "start", label: "Start", weight: 1, rules: [plainRule("setup")] };
  const phases = [
    phase("onboarding", {
      dimensions: [early],
      adjustments: [{ label: "Promoter", points: 5, when: atLeast("nps", 90) }],
      limits: [{ label: "Late", kind: "cap", at: 60, when: atLeast("tenure_days", 60) }],
      bands: threeBands.map((band) => ({ ...band, below: band.below && band.below - 20 })),
      minimumCoverage: 1,
    }),
    phase("young", { when: [{ field: "tenure_days", test: { kind: "under", than: 365 } }] }),
  ];
  const known = { seats: 40, features: 40, nps: 40, setup: 90 };

  it.each([
    ["the first that holds", 10, "onboarding", 90, "healthy"],
    ["the next, where the first does not", 100, "young", 40, "at_risk"],
    ["none, where none holds", 400, null, 40, "at_risk"],
    ["none, where nothing is known", null, null, 40, "at_risk"],
  ])("score by %s", (_, tenure, name, value, band) => {
    expect(scoreOf({ ...known, tenure_days: tenure }, { phases })).toMatchObject({ phase: name, value, band });
  });

  it("use their own dimensions, adjustments, limits, bands and minimum coverage, and no others", () => {
    const score = scoreOf({ ...known, nps: 95, tenure_days: 70 }, { phases });
    expect(score).toMatchObject({ value: 60, band: "healthy", limit: { label: "Late" } });
    expect(score.dimensions.map(({ name }) => name)).toEqual(["start"]);
    expect(score.adjustments).toEqual([{ label: "Promoter", points: 5 }]);
    expect(scoreOf({ ...known, setup: 40, tenure_days: 10 }, { phases }).band).toBe("watch");
    expect(scoreOf({ ...known, setup: null, tenure_days: 10 }, { phases }).value).toBeNull();
  });
});
