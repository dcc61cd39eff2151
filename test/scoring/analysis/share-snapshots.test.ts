import { describe, expect, it } from "@jest/globals";
import { shareSnapshots } from "../../../src/scoring/analysis/share-snapshots.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import { momentAt } from "../moment-at.ts";
import { levelFacts } from "../sample-facts.ts";
import { plainRule, plainSignal, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

const moment = momentAt("2026-10-01T10:00:00Z");
const ruleset = sampleRuleset();
const { signals, customers } = ruleset;
const held = { ...plainRule("seats"), missing: { kind: "hold" as const, for: { amount: 30, unit: "d" as const } } };
const override = { score: "set_score", reason: "set_reason", until: "set_until" };

function share(next: Partial<Ruleset>) {
  return shareSnapshots(compileRuleset(ruleset), compileRuleset({ ...ruleset, hash: "next", ...next }));
}

describe("snapshots for two rulesets", () => {
  it("are taken once where only scores differ, anew for each company", () => {
    const [before, after] = share({ scores: [sampleScore({ minimumCoverage: 0.9 })] });
    for (const facts of [levelFacts(40), levelFacts(70)]) {
      const snapshot = before.takeSnapshot(facts, moment, null);
      expect(snapshot).toEqual(compileRuleset(ruleset).takeSnapshot(facts, moment, null));
      expect(after.takeSnapshot(facts, moment, null)).toBe(snapshot);
    }
  });

  it.each<[string, Partial<Ruleset>]>([
    ["a signal more", { signals: [...signals, plainSignal("logins")] }],
    ["another timezone", { timezone: "Asia/Tokyo" }],
    ["another currency rate", { rates: new Map([["EUR", 11.7]]) }],
    ["another start", { customers: { ...customers, since: "won_at" } }],
    ["another renewal", { customers: { ...customers, renewal: "renews_at" } }],
    ["an override", { scores: [sampleScore({ override })] }],
    [
      "a held value",
      { scores: [sampleScore({ dimensions: [{ name: "use", label: "Use", weight: 1, rules: [held] }] })] },
    ],
  ])("are taken by each where there is %s", (_, next) => {
    const facts = levelFacts(40);
    const [before, after] = share(next);
    expect(after.takeSnapshot(facts, moment, null)).not.toBe(before.takeSnapshot(facts, moment, null));
    expect(after.takeSnapshot(facts, moment, null)).toEqual(
      compileRuleset({ ...ruleset, ...next }).takeSnapshot(facts, moment, null),
    );
  });
});
