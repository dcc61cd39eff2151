import { describe, expect, it } from "@jest/globals";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import type { Snapshot } from "../../src/scoring/signals/snapshot.ts";
import { plainRule, plainSignal, samplePlay, sampleRuleset, sampleScore } from "../scoring/sample-ruleset.ts";
import { useDecisionStage } from "./decision-stage.ts";

/** One score of the mean of two properties, of which the NPS is held for three days once it is gone. */
function holding(hash: string, score = "health"): Ruleset {
  const held = { ...plainRule("nps"), missing: { kind: "hold" as const, for: { amount: 3, unit: "d" as const } } };
  const dimensions = [{ name: "all", label: "All", weight: 1, rules: [plainRule("seats"), held] }];
  const scores = [sampleScore({ name: score, property: `chs_${score}_score`, minimumCoverage: 0, dimensions })];
  return sampleRuleset({ hash, scores, plays: [] });
}

describe("what a decision starts from", () => {
  const stage = useDecisionStage();
  const isHeldOn = async (days: number, ruleset: Ruleset) => {
    await stage.decideOn(days, ["10"], { ruleset });
    const nps = (await stage.store.decisions.read("10"))?.scores[0]?.detail.signals["nps"];
    return nps?.known === false && nps.held !== undefined;
  };

  it("is the last decision by these rules, not one of a score that they no longer have", async () => {
    const reaching = (hash: string, score: string) =>
      sampleRuleset({
        hash,
        signals: [...["seats", "features", "nps", "bugs"].map(plainSignal)],
        scores: [sampleScore({ name: score, property: `chs_${score}_score` })],
        plays: [
          samplePlay({
            closeWhen: null,
            trigger: { kind: "reaches", signal: "bugs", value: 5, grace: { amount: 7, unit: "d" } },
          }),
        ],
      });
    await stage.save("10", 80, { bugs: "1" });
    await stage.decideOn(0, ["10"], { ruleset: reaching("A", "adoption") });
    await stage.save("10", 80, { bugs: "6" });
    const seen: (Snapshot | null)[] = [];
    for (const days of [1, 2, 3]) {
      await stage.decideOn(days, ["10"], {
        ruleset: reaching("B", "health"),
        look: ({ prior }) => seen.push(prior.snapshot),
      });
    }
    expect(seen.map((snapshot) => snapshot?.get("bugs"))).toEqual([
      undefined,
      { known: true, value: "6", since: null },
      { known: true, value: "6", since: null },
    ]);
    expect(await stage.tasksOf("10")).toEqual([]);
  });

  it("leaves no score behind that the rules no longer have, but for its past", async () => {
    await stage.save("10", 80);
    await stage.save("11", 80);
    await stage.decideOn(0, ["10", "11"], { ruleset: holding("A", "adoption") });
    await stage.save("11", 80, { churned_at: "2026-10-02" });
    await stage.decideOn(1, ["10", "11"], { ruleset: holding("B") });
    for (const id of ["10", "11"]) {
      expect((await stage.store.decisions.read(id))?.scores.map(({ name }) => name)).toEqual(["health"]);
    }
    expect(await stage.store.decisions.countByBand("adoption")).toEqual([]);
    expect(await stage.historyOf("10")).toEqual(["80 healthy", "80 healthy"]);
  });

  it("carries a held value over within one ruleset alone", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0, ["10"], { ruleset: holding("A") });
    await stage.save("10", 80, { nps: null });
    expect(await isHeldOn(1, holding("A"))).toBe(true);
    expect(await isHeldOn(2, holding("B"))).toBe(false);
    expect(await isHeldOn(3, holding("B"))).toBe(false);
  });

  it.each([
    ["as one that had left", { churned_at: "2026-10-02" }],
    ["as no customer", { lifecyclestage: "other" }],
  ])("carries no held value over a time %s", async (_, away) => {
    const ruleset = holding("A");
    await stage.save("10", 80);
    await stage.decideOn(0, ["10"], { ruleset });
    await stage.save("10", 80, away);
    await stage.decideOn(1, ["10"], { ruleset });
    await stage.save("10", 80, { nps: null, churned_at: null });
    expect(await isHeldOn(2, ruleset)).toBe(false);
    expect((await stage.store.decisions.read("10"))?.scores[0]?.band).toBe("healthy");
  });
});
