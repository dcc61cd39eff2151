import { describe, expect, it } from "@jest/globals";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { Condition } from "../../../src/scoring/ruleset/field-test.ts";
import { withDependents, withoutSignals } from "../../../src/scoring/analysis/without-signals.ts";
import { levelFacts } from "../sample-facts.ts";
import { momentAt } from "../moment-at.ts";
import { plainSignal, samplePlay, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

const when: Condition = [{ field: "nps", test: { kind: "over", than: 8 } }];
const other: Condition = [{ field: "seats", test: { kind: "over", than: 8 } }];

describe("a ruleset without some signals", () => {
  it("stays as it is where nothing is left out", () => {
    const ruleset = sampleRuleset();
    expect(withoutSignals(ruleset, new Set())).toBe(ruleset);
  });

  it("drops what names one: rules, adjustments, limits, phases, the pulse, and a dimension of which nothing is left", () => {
    const base = sampleScore();
    const score = sampleScore({
      adjustments: [
        { label: "gone", points: 1, when },
        { label: "stays", points: 1, when: other },
      ],
      limits: [{ label: "gone", kind: "cap", at: 40, when }],
      phases: [
        { ...base, name: "new", label: "New", when },
        { ...base, name: "old", label: "Old", when: other },
      ],
      pulse: "nps",
    });
    const [left] = withoutSignals(sampleRuleset({ scores: [score] }), new Set(["nps"])).scores;

    expect(left?.dimensions.map(({ name }) => name)).toEqual(["usage"]);
    expect(left?.adjustments.map(({ label }) => label)).toEqual(["stays"]);
    expect(left?.limits).toEqual([]);
    expect(left?.phases.map(({ name, dimensions }) => [name, dimensions.length])).toEqual([["old", 1]]);
    expect(left?.pulse).toBeNull();
  });

  it("drops signals that are worked out from one, whatever their order", () => {
    const signals = [
      { name: "twice", label: "", unit: null, kind: "product" as const, of: ["share", 2] },
      {
        name: "share",
        label: "",
        unit: null,
        kind: "ratio" as const,
        of: ["seats", "nps"] as const,
        as: "number" as const,
      },
      plainSignal("seats"),
      plainSignal("nps"),
    ];
    expect([...withDependents(signals, new Set(["nps"]))].toSorted()).toEqual(["nps", "share", "twice"]);
    expect(withoutSignals(sampleRuleset({ signals }), new Set(["nps"])).signals.map(({ name }) => name)).toEqual([
      "seats",
    ]);
  });

  it("drops a score of which nothing is left, and the plays about it", () => {
    const plays = [samplePlay(), samplePlay({ name: "Also", slug: "also", conditions: when })];
    const without = (names: string[]) => withoutSignals(sampleRuleset({ plays }), new Set(names));

    expect(without(["nps"]).plays.map(({ slug }) => slug)).toEqual(["follow-up"]);
    expect(without(["seats", "features", "nps"])).toMatchObject({ scores: [], plays: [] });
  });

  it("scores a customer by what is left, not as one of whom little is known", () => {
    const compiled = compileRuleset(withoutSignals(sampleRuleset(), new Set(["seats", "features"])));
    const moment = momentAt("2026-10-01T10:00:00Z");
    const snapshot = compiled.takeSnapshot(levelFacts(30), moment, null);
    expect(compiled.scorecards[0]?.score(snapshot, moment)).toMatchObject({ value: 30, coverage: 1 });
  });
});
