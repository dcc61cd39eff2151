import { describe, expect, it } from "@jest/globals";
import { createComparison } from "../../../src/scoring/analysis/compare-portfolio.ts";
import { scoreCustomer } from "../../../src/scoring/analysis/score-customer.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { PropertyValues } from "../../../src/scoring/facts.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import { momentAt } from "../moment-at.ts";
import { levelFacts } from "../sample-facts.ts";
import { plainRule, samplePlay, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

const customers = { ...sampleRuleset().customers, value: "worth" };
const old = sampleRuleset({ customers });
const strict = sampleScore({
  limits: [{ label: "Few seats", kind: "cap", at: 40, when: [{ field: "seats", test: { kind: "under", than: 60 } }] }],
});

function compare(next: Partial<Ruleset>, companies: readonly PropertyValues[]) {
  const moment = momentAt("2026-10-01T10:00:00Z");
  const [before, after] = [compileRuleset(old), compileRuleset({ ...old, ...next })];
  const comparison = createComparison(before, after, moment);
  for (const [index, company] of companies.entries()) {
    const facts = { ...levelFacts(50, { name: `Company ${index}`, ...company }), companyId: String(index) };
    comparison.add(scoreCustomer(before, facts, moment, null), scoreCustomer(after, facts, moment, null));
  }
  return comparison.result();
}

describe("two rulesets over a portfolio", () => {
  it("counts who moves from band to band, and what they are worth", () => {
    const { companies, scores } = compare({ scores: [strict] }, [
      { worth: "1000" },
      { worth: "500" },
      { seats: "100", worth: "7" },
      { lifecyclestage: "lead" },
    ]);
    expect(companies).toBe(4);
    expect(scores[0]?.moves).toEqual([
      { from: "watch", to: "at_risk", companies: 2, worth: 1500 },
      { from: "watch", to: "watch", companies: 1, worth: 7 },
      { from: "not_a_customer", to: "not_a_customer", companies: 1, worth: 0 },
    ]);
  });

  it("names who changes band, the worst first, with what moved them", () => {
    const [score] = compare({ scores: [strict] }, [{}, { features: "60" }]).scores;
    expect(score?.movers).toEqual([
      expect.objectContaining({
        companyId: "0",
        from: { band: "watch", value: 50 },
        to: { band: "at_risk", value: 40 },
      }),
      expect.objectContaining({ companyId: "1", because: { label: "Few seats", points: -13.8 } }),
    ]);
    expect(score?.biggest.map(({ companyId }) => companyId)).toEqual(["1", "0"]);
  });

  it("holds the rule that costs most answerable for a fall, whatever the others gain by its coming", () => {
    const dimensions = [
      { name: "usage", label: "Use", weight: 1, rules: [plainRule("seats"), plainRule("features"), plainRule("nps")] },
    ];
    const [score] = compare({ scores: [sampleScore({ dimensions })] }, [
      { seats: "90", features: "90", nps: "0" },
    ]).scores;
    expect(score?.biggest[0]).toMatchObject({ from: { value: 68 }, to: { value: 60 }, because: { label: "nps" } });
  });

  it("does not say that a cap lifts a score: a floor does, and the cap holds it", () => {
    const when = [{ field: "seats", test: { kind: "known" as const } }];
    const limits = [
      { label: "Contract", kind: "floor" as const, at: 95, when },
      { label: "Nps", kind: "cap" as const, at: 90, when },
    ];
    const [score] = compare({ scores: [sampleScore({ limits })] }, [{}]).scores;
    expect(score?.movers[0]?.because).toEqual({ label: "a floor, held by Nps", points: 40 });
  });

  it("tells how much is known before and after", () => {
    const next = sampleScore({
      dimensions: [{ name: "voice", label: "Voice", weight: 1, rules: [plainRule("nps")] }],
    });
    const [score] = compare({ scores: [next] }, [{ seats: "" }]).scores;
    expect(score?.coverage).toEqual({ before: 0.625, after: 1 });
  });

  it("tells whom each play would be about, and scores that one side lacks", () => {
    const plays = [
      samplePlay(),
      samplePlay({ name: "Thank you", slug: "thank-you", trigger: { kind: "enters", score: "health", band: "watch" } }),
    ];
    const other = { ...sampleScore(), name: "growth", property: "chs_growth_score" };
    const result = compare({ scores: [strict, other], plays }, [{ worth: "70" }, { seats: "100" }]);

    expect(result).toMatchObject({ onlyBefore: [], onlyAfter: ["growth"] });
    expect(result.added).toEqual([
      {
        name: "growth",
        label: "Health",
        without: [],
        bands: [{ name: "watch", companies: 2, worth: 70 }],
      },
    ]);
    expect(result.plays).toEqual([
      {
        name: "Follow up",
        slug: "follow-up",
        in: "both",
        by: "band",
        before: 0,
        after: 1,
        gained: [{ companyId: "0", name: "Company 0", worth: 70 }],
        lost: [],
      },
      {
        name: "Thank you",
        slug: "thank-you",
        in: "after",
        by: "band",
        before: 0,
        after: 1,
        gained: [{ companyId: "1", name: "Company 1", worth: null }],
        lost: [],
      },
    ]);
  });
});
