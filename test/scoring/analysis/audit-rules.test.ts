import { describe, expect, it } from "@jest/globals";
import { createAudit, type Audit } from "../../../src/scoring/analysis/audit-rules.ts";
import { findRepetitions } from "../../../src/scoring/analysis/find-repetitions.ts";
import { scoreCustomer } from "../../../src/scoring/analysis/score-customer.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { PropertyValues } from "../../../src/scoring/facts.ts";
import { momentAt } from "../moment-at.ts";
import { levelFacts } from "../sample-facts.ts";
import { sampleRuleset } from "../sample-ruleset.ts";

function audit(companies: readonly PropertyValues[]): Audit {
  const compiled = compileRuleset(sampleRuleset());
  const moment = momentAt("2026-10-01T10:00:00Z");
  const found = createAudit(compiled);
  for (const company of companies) found.add(scoreCustomer(compiled, levelFacts(50, company), moment, null));
  return found.result();
}

describe("an audit of the rules", () => {
  it("tells how often each signal is known, of customers alone", () => {
    const { customers, signals } = audit([{ nps: "" }, {}, { lifecyclestage: "lead" }]);
    expect(customers).toBe(2);
    expect(signals.map(({ name, known }) => [name, known])).toEqual([
      ["seats", 1],
      ["features", 1],
      ["nps", 0.5],
    ]);
  });

  it("finds rules that tell nobody from anybody", () => {
    const { scores } = audit([
      { seats: "100", features: "30", nps: "50" },
      { seats: "100", features: "60", nps: "" },
      { seats: "100", features: "100", nps: "70" },
    ]);
    expect(scores[0]?.rules).toMatchObject([
      { label: "seats", graded: 3, verdict: "same_grade", grade: 100 },
      { label: "features", graded: 3, verdict: null },
      { label: "nps", graded: 2, verdict: "always_costs" },
    ]);
  });

  it("says what those in the worst band have in common, and what they do not use", () => {
    const low = Array.from({ length: 10 }, () => ({ seats: "20", features: "0", nps: "30" }));
    const high = Array.from({ length: 10 }, (_, index) => ({
      seats: "90",
      features: "80",
      nps: index < 5 ? "30" : "90",
    }));
    const [score] = audit([...low, ...high]).scores;

    expect(score?.lowest).toEqual({
      band: "at_risk",
      customers: 10,
      others: 10,
      rules: [
        { label: "seats", inBand: 1, inRest: 0 },
        { label: "features", inBand: 1, inRest: 0 },
        { label: "nps", inBand: 1, inRest: 0.5 },
      ],
      unused: [{ label: "features", inBand: 1, inRest: 0 }],
    });
    expect(audit(high).scores[0]?.lowest).toBeNull();
  });
});

describe("rules that repeat each other", () => {
  const rising = Array.from({ length: 12 }, (_, index) => index * 8);

  it("are those of the same grades, and those nearly in step", () => {
    const columns = [
      { label: "a", grades: rising },
      { label: "b", grades: rising.map((grade, index) => (index === 3 ? null : grade)) },
      { label: "c", grades: rising.map((grade) => grade / 2) },
      { label: "d", grades: rising.map((grade) => 100 - grade) },
    ];
    expect(findRepetitions(columns).map(({ labels, identical }) => [...labels, identical])).toEqual([
      ["a", "b", true],
      ["a", "c", false],
      ["b", "c", false],
    ]);
  });

  it("are none that never vary, and none that few customers have both of", () => {
    const flat = { label: "flat", grades: rising.map(() => 50) };
    const few = { label: "few", grades: rising.map((grade, index) => (index < 9 ? grade : null)) };
    expect(findRepetitions([flat, { ...flat, label: "flat too" }, few, { label: "a", grades: rising }])).toEqual([]);
  });
});
