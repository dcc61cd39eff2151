import { describe, expect, it, test } from "@jest/globals";
import { createComparison } from "../../../src/scoring/analysis/compare-portfolio.ts";
import { leftOutOf } from "../../../src/scoring/analysis/left-out.ts";
import { scoreCustomer } from "../../../src/scoring/analysis/score-customer.ts";
import { withoutSignals } from "../../../src/scoring/analysis/without-signals.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { PropertyValues } from "../../../src/scoring/facts.ts";
import type { Play } from "../../../src/scoring/ruleset/play.ts";
import { momentAt } from "../moment-at.ts";
import { levelFacts } from "../sample-facts.ts";
import { samplePlay, sampleRuleset } from "../sample-ruleset.ts";

const signals = [
  ...sampleRuleset().signals,
  { name: "renewal_in", label: "Renewal", unit: null, kind: "days_until", field: "renewal", of: "company" } as const,
];
const renewal: Play["trigger"] = {
  kind: "reaches",
  signal: "renewal_in",
  value: 60,
  grace: { amount: 3, unit: "d" },
};

function compare(before: readonly Play[], after: readonly Play[], companies: readonly PropertyValues[]) {
  const [old, next] = [before, after].map((plays) => compileRuleset(sampleRuleset({ signals, plays }))) as [
    ReturnType<typeof compileRuleset>,
    ReturnType<typeof compileRuleset>,
  ];
  const moment = momentAt("2026-10-01T10:00:00Z");
  const comparison = createComparison(old, next, moment);
  for (const [index, company] of companies.entries()) {
    const facts = { ...levelFacts(50, { name: `Company ${index}`, ...company }), companyId: String(index) };
    comparison.add(scoreCustomer(old, facts, moment, null), scoreCustomer(next, facts, moment, null));
  }
  return comparison.result().plays;
}

describe("the plays of two rulesets", () => {
  test.each([
    ["2026-11-26", 0],
    ["2026-11-27", 1],
    ["2026-11-30", 1],
    ["2026-12-07", 1],
    ["2026-12-08", 0],
  ])("are compared by their day, from its grace to a week ahead: 60 days before %s", (date, called) => {
    const plays = compare([], [samplePlay({ trigger: renewal })], [{ renewal: date }, {}]);
    expect(plays).toMatchObject([{ in: "after", by: "day", before: 0, after: called }]);
    expect(plays[0]?.gained.map(({ companyId }) => companyId)).toEqual(called ? ["0"] : []);
  });

  it("look at the conditions that hold now, and at numbers that both files name", () => {
    const few = [{ field: "seats", test: { kind: "under" as const, than: 60 } }];
    const plays = compare(
      [samplePlay({ trigger: renewal })],
      [samplePlay({ trigger: renewal, conditions: few })],
      [
        { renewal: "2026-11-30", seats: "50" },
        { renewal: "2026-11-30", seats: "70" },
      ],
    );
    expect(plays).toMatchObject([
      { in: "both", before: 2, after: 1, gained: [], lost: [{ companyId: "1", name: "Company 1", worth: null }] },
    ]);
  });

  test.each<[string, Play["trigger"]]>([
    ["leaves", { kind: "leaves", score: "health", band: "healthy" }],
    ["drops", { kind: "drops", score: "health", points: 10, within: { amount: 30, unit: "d" } }],
    ["reaches a plain number", { ...renewal, signal: "seats" }],
  ])("are named where they ask what was before: %s", (_, trigger) => {
    expect(compare([samplePlay({ trigger })], [samplePlay()], [{}])).toMatchObject([
      { in: "both", by: "past", before: null, after: null },
    ]);
    expect(compare([samplePlay({ trigger })], [], [{}])).toMatchObject([{ in: "before", by: "past" }]);
  });

  it("are not taken for gone where what they ask for is not mirrored", () => {
    const ruleset = sampleRuleset({ signals, plays: [samplePlay({ trigger: renewal })] });
    const lacking = new Set(["renewal_in"]);
    const [old, next] = [compileRuleset(ruleset), compileRuleset(withoutSignals(ruleset, lacking))];
    const leftOut = leftOutOf([{ ruleset, lacking }]);
    const { plays } = createComparison(old, next, momentAt("2026-10-01T10:00:00Z"), leftOut).result();
    expect(plays).toMatchObject([{ in: "both", by: "unmirrored", before: null }]);
  });
});
