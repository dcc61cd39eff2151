import { describe, expect, it } from "@jest/globals";
import { scorePropertiesOf, writtenPropertiesOf } from "../../../src/scoring/ruleset/written-properties.ts";
import { sampleScore } from "../sample-ruleset.ts";

describe("the properties that a score is written to", () => {
  const plain = sampleScore();
  const phase = { ...plain, name: "new", label: "New", when: [] };
  const dimension = (name: string, label: string) => ({ name, label, weight: 1, rules: [] });
  const phased = sampleScore({
    phases: [
      { ...phase, dimensions: [dimension("setup", "Set-up"), dimension("usage", "First use")] },
      { ...phase, name: "young", dimensions: [dimension("setup", "Getting started")] },
    ],
    percentileBands: { unhealthy: 25, healthy: 75, property: "chs_place" },
  });

  it("are named after its own", () => {
    expect(scorePropertiesOf(plain)).toEqual({
      value: "chs_health_score",
      band: "chs_health_band",
      coverage: "chs_health_coverage",
      reasons: "chs_health_reasons",
      change: "chs_health_change_30d",
      scoredAt: "chs_health_scored_at",
      phase: null,
      quartile: null,
      dimensions: [
        { name: "usage", label: "Use", property: "chs_health_usage" },
        { name: "voice", label: "Voice", property: "chs_health_voice" },
      ],
    });
  });

  it("are those of all its phases, each dimension once with its first label", () => {
    const { phase: ofPhase, quartile, dimensions } = scorePropertiesOf(phased);
    expect({ ofPhase, quartile }).toEqual({ ofPhase: "chs_health_phase", quartile: "chs_place" });
    expect(dimensions.map(({ property, label }) => [property, label])).toEqual([
      ["chs_health_usage", "Use"],
      ["chs_health_voice", "Voice"],
      ["chs_health_setup", "Set-up"],
    ]);
  });

  it("are all known as written", () => {
    const written = writtenPropertiesOf({ scores: [plain, phased] });
    expect(written).toHaveLength(8 + 11);
    expect(written.slice(8)).toEqual(expect.arrayContaining(["chs_health_phase", "chs_place", "chs_health_setup"]));
  });
});
