import { describe, expect, it, test } from "@jest/globals";
import fc from "fast-check";
import { explainChange } from "../../../src/scoring/analysis/explain-change.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { PropertyValues } from "../../../src/scoring/facts.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import { momentAt } from "../moment-at.ts";
import { pointsOf } from "../points-of.ts";
import { sampleFacts } from "../sample-facts.ts";
import { plainRule, plainSignal, sampleRule, sampleRuleset, sampleScore } from "../sample-ruleset.ts";

const override = { score: "set", reason: "why", until: "until" };
const rules = rulesWith(1);

/** Seats, features and the days since the last login; `weight` is that of the features. */
function rulesWith(weight: number): Ruleset {
  const login = { kind: "line" as const, points: pointsOf([0, 100], [100, 0]) };
  return sampleRuleset({
    hash: `weight ${weight}`,
    signals: [
      plainSignal("seats"),
      plainSignal("features"),
      { name: "login", label: "Last login", unit: null, kind: "days_since", field: "login", of: "company" },
    ],
    scores: [
      sampleScore({
        override,
        dimensions: [
          {
            name: "use",
            label: "Use",
            weight: 1,
            rules: [plainRule("seats"), plainRule("features", weight), sampleRule("login", { grade: login })],
          },
        ],
      }),
    ],
  });
}

/** `forgotten`: the signals of then that were forgotten since. */
function explain(
  old: { rules: Ruleset; company: PropertyValues; at: string; forgotten?: string[] },
  company: PropertyValues,
  now: string,
) {
  const [was, is] = [compileRuleset(old.rules), compileRuleset(rules)];
  const [card, oldCard] = [is.scorecards[0], was.scorecards[0]];
  if (!card || !oldCard) throw new RangeError("no score");
  const [then, moment] = [momentAt(old.at), momentAt(now)];
  const before = was.takeSnapshot(sampleFacts({ company: old.company }), then, null);
  const facts = sampleFacts({ company });
  const snapshot = is.takeSnapshot(facts, moment, null);
  const forgotten = (old.forgotten ?? []).map((name) => [name, { known: false, why: "forgotten" }] as const);
  const stood = { score: oldCard.score(before, then), snapshot: new Map([...before, ...forgotten]), moment: then };
  return explainChange(is, card, stood, { facts, snapshot, moment });
}

const THEN = "2026-09-01T10:00:00Z";
const NOW = "2026-10-01T10:00:00Z";
const company = { seats: "60", features: "60", login: "2026-07-23" };
const partsOf = ({ parts }: ReturnType<typeof explain>) =>
  Object.fromEntries(parts.map(({ cause, points }) => [cause, points]));
const nothing = { rules: 0, data: 0, behaviour: 0, time: 0 };

describe("why a score changed", () => {
  test.each<[string, string, Ruleset, object]>([
    ["the data that went", "0", rules, { ...nothing, data: 20 }],
    ["the new rules, which cannot be told from it", "0", rulesWith(4), { ...nothing, rules: 40 }],
  ])("what was forgotten since is part of %s", (_, features, then, expected) => {
    const old = { rules: then, company: { ...company, features }, at: THEN, forgotten: ["features"] };
    expect(partsOf(explain(old, { ...company, features: null }, THEN))).toEqual(expected);
  });

  test.each<[string, PropertyValues, Ruleset, PropertyValues, string, object]>([
    ["nothing", company, rules, company, THEN, nothing],
    ["time alone", company, rules, company, NOW, { ...nothing, time: -10 }],
    ["behaviour", company, rules, { ...company, seats: "90" }, THEN, { ...nothing, behaviour: 10 }],
    ["data that went", company, rules, { ...company, seats: "" }, THEN, { ...nothing, data: 0 }],
    ["data that came", { ...company, seats: null }, rules, { ...company, seats: "0" }, THEN, { ...nothing, data: -20 }],
    [
      "new rules",
      { ...company, features: "30" },
      rulesWith(4),
      { ...company, features: "30" },
      THEN,
      { ...nothing, rules: 10 },
    ],
    [
      "what a person set",
      company,
      rules,
      { ...company, set: "95", why: "they said so", until: "2027-01-01" },
      THEN,
      { ...nothing, override: 35 },
    ],
  ])("tells %s", (_, old, oldRules, today, now, expected) => {
    expect(partsOf(explain({ rules: oldRules, company: old, at: THEN }, today, now))).toEqual(expected);
  });

  it("names the signals that changed, as they were and are", () => {
    const { signals } = explain({ rules, company, at: THEN }, { ...company, seats: "90" }, NOW);
    expect(signals.map(({ name, from, to }) => [name, from.known && from.value, to.known && to.value])).toEqual([
      ["seats", "60", "90"],
      ["login", 40, 70],
    ]);
  });

  it("says where there is no score instead of adding up", () => {
    const change = explain({ rules, company: {}, at: THEN }, company, THEN);
    expect(change).toMatchObject({ from: null, to: 60 });
    expect(partsOf(change)).toEqual({ rules: null, data: null, behaviour: 0, time: 0 });
  });

  it("has parts that sum to the difference, whatever happened", () => {
    const anyNumber = fc.option(fc.integer({ min: 0, max: 100 }).map(String));
    const anyDate = fc.option(fc.integer({ min: 1, max: 31 }).map((day) => `2026-08-${String(day).padStart(2, "0")}`));
    const anyCompany = fc.record({
      seats: anyNumber,
      features: anyNumber,
      login: anyDate,
      set: anyNumber,
      why: fc.constantFrom(null, "because"),
      until: fc.constantFrom(null, "2026-09-15", "2027-01-01"),
    });
    let summed = 0;
    fc.assert(
      fc.property(anyCompany, anyCompany, fc.integer({ min: 1, max: 5 }), (old, today, weight) => {
        const { from, to, parts } = explain({ rules: rulesWith(weight), company: old, at: THEN }, today, NOW);
        if (from === null || to === null || parts.some(({ points }) => points === null)) return;
        summed += 1;
        expect(parts.reduce((sum, { points }) => sum + (points ?? 0), 0)).toBe(to - from);
      }),
    );
    expect(summed).toBeGreaterThan(10);
  });
});
