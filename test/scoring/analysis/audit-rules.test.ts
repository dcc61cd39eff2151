import { describe, expect, it } from "@jest/globals";
import { createAudit, type Audit } from "../../../src/scoring/analysis/audit-rules.ts";
import { findRepetitions } from "../../../src/scoring/analysis/find-repetitions.ts";
import { scoreCustomer } from "../../../src/scoring/analysis/score-customer.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import { auditText } from "../../../src/cli/audit/audit-text.ts";
import type { PropertyValues } from "../../../src/scoring/facts.ts";
import type { Condition } from "../../../src/scoring/ruleset/field-test.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import { momentAt } from "../moment-at.ts";
import { levelFacts } from "../sample-facts.ts";
import { plainRule, samplePlay, sampleRule, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

function audit(companies: readonly PropertyValues[], given: Partial<Ruleset> = {}): Audit {
  const compiled = compileRuleset(sampleRuleset(given));
  const moment = momentAt("2026-10-01T10:00:00Z");
  const found = createAudit(compiled, moment);
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

describe("an audit of what holds", () => {
  const seats = (than: number): Condition => [{ field: "seats", test: { kind: "under", than } }];
  const own = { dimensions: sampleScore().dimensions, adjustments: [{ label: "Few", points: -5, when: seats(60) }] };
  const two = [
    plainRule("nps"),
    sampleRule("nps", { label: "nps again", grade: { kind: "match", grades: new Map() } }),
  ];
  const score = sampleScore({
    ...own,
    limits: [{ label: "None", kind: "cap", at: 40, when: seats(0) }],
    phases: [
      {
        ...sampleScore(own),
        name: "small",
        label: "Small",
        when: seats(30),
        dimensions: [{ name: "voice", label: "Voice", weight: 1, rules: two }],
        limits: [{ label: "Any", kind: "floor", at: 10, when: seats(500) }],
      },
      { ...sampleScore(own), name: "tiny", label: "Tiny", when: seats(10) },
    ],
  });
  const plays = [
    samplePlay(),
    samplePlay({
      name: "Thanks",
      slug: "thanks",
      conditions: seats(1),
      trigger: { kind: "leaves", score: "health", band: "watch" },
    }),
    samplePlay({
      name: "Fall",
      slug: "fall",
      conditions: seats(500),
      trigger: { kind: "drops", score: "health", points: 9, within: { amount: 30, unit: "d" } },
    }),
  ];
  const found = audit([{ seats: "90" }, { seats: "55" }, { seats: "20" }, { seats: "5" }], { scores: [score], plays });

  it("counts for whom adjustments, limits and phases hold, of those whose card has them", () => {
    expect(
      found.scores[0]?.facts.map(({ kind, label, asked, holds, verdict }) => [kind, label, holds, asked, verdict]),
    ).toEqual([
      ["adjustment", "Few", 3, 4, null],
      ["cap", "None", 0, 2, "never"],
      ["floor", "Any", 2, 2, "always"],
      ["phase", "Small", 2, 4, null],
      ["phase", "Tiny", 0, 4, "never"],
    ]);
  });

  it("counts for whom the conditions of plays hold, and who is in the bands that they ask for", () => {
    expect(found.plays).toEqual([
      { name: "Follow up", slug: "follow-up", holds: 4, verdict: null, band: { name: "at_risk", customers: 3 } },
      { name: "Thanks", slug: "thanks", holds: 0, verdict: "never", band: { name: "watch", customers: 1 } },
      { name: "Fall", slug: "fall", holds: 4, verdict: "always", band: null },
    ]);
  });

  it("looks at each rule of a dimension, also at two on one signal, and says where it stands", () => {
    expect(found.scores[0]?.rules.map(({ label, phases, graded }) => [label, phases, graded])).toEqual([
      ["seats", [null, "tiny"], 2],
      ["features", [null, "tiny"], 2],
      ["nps", [null, "tiny"], 2],
      ["nps", ["small"], 2],
      ["nps again", ["small"], 0],
    ]);
    const lines = auditText(found);
    for (const line of [
      /^ +health, Use: features +the same grade \(50\) for all 2$/,
      /^ +health \(phase small\), Voice: nps again +grades nobody$/,
      /^ +cap: None +0 of 2 +never fires$/,
      /^ +floor \(phase small\): Any +2 of 2 +always fires$/,
      /^ +phase: Tiny +0 of 4 +nobody is in it$/,
      /^ +Thanks +0 of 4 +its conditions hold for nobody; in watch: 1$/,
    ]) {
      expect(lines).toContainEqual(expect.stringMatching(line));
    }
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
