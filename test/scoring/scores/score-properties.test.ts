import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import { decide, type Prior } from "../../../src/scoring/decision.ts";
import type { Facts } from "../../../src/scoring/facts.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import type { Card, ScoreRules } from "../../../src/scoring/ruleset/score-rules.ts";
import type { Score } from "../../../src/scoring/scores/score.ts";
import type { Observation } from "../../../src/scoring/signals/snapshot.ts";
import { anyFacts, anyRuleset } from "../any-ruleset.ts";
import { momentAt } from "../moment-at.ts";
import { sampleFacts } from "../sample-facts.ts";

const moment = momentAt("2026-10-03T12:00:00Z");
/** Of the facts of today, or of the facts of 20 days ago and then of today, so that what is gone may be held. */
const scoresOf = (ruleset: Ruleset, facts: Facts, earlier: Facts | null = null): Score[] => {
  const compiled = compileRuleset(ruleset);
  const before = earlier && compiled.takeSnapshot(earlier, momentAt("2026-09-13T12:00:00Z"), null);
  const snapshot = compiled.takeSnapshot(facts, moment, before);
  return compiled.scorecards.map((card) => card.score(snapshot, moment));
};
const prior: Prior = {
  scores: new Map(),
  history: new Map(),
  snapshot: null,
  values: null,
  tasks: [],
  tasksMade: new Map(),
  lastTaskAt: new Map(),
  taskKeys: new Set(),
};
const decideOnce = (ruleset: Ruleset, facts: Facts) =>
  decide(
    compileRuleset(ruleset),
    facts,
    prior,
    moment,
    { active: new Set(), idByEmail: new Map() },
    { tasksForCurrent: true, cutPoints: new Map([["health", { low: 40, high: 60 }]]) },
  );
const tenths = (points: number) => Math.round(points * 10);

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}

describe("any score of any customer", () => {
  it("is whole and from 0 to 100, or null with the band unknown; its coverage is from 0 to 1", () => {
    fc.assert(
      fc.property(anyRuleset, anyFacts, anyFacts, (ruleset, facts, earlier) => {
        for (const { value, band, coverage } of scoresOf(ruleset, facts, earlier)) {
          expect(value === null).toBe(band === "unknown");
          expect(Number.isInteger(value ?? 0)).toBe(true);
          expect(value ?? 0).toBeGreaterThanOrEqual(0);
          expect(value ?? 0).toBeLessThanOrEqual(100);
          expect(coverage).toBeGreaterThanOrEqual(0);
          expect(coverage).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("is explained to the tenth, and no contribution is below nothing", () => {
    fc.assert(
      fc.property(anyRuleset, anyFacts, anyFacts, (ruleset, facts, earlier) => {
        for (const { value, contributions, adjustments, scale, limit, override } of scoresOf(ruleset, facts, earlier)) {
          const parts = [...contributions, ...adjustments].map(({ points }) => points);
          const last = [scale, limit?.points ?? 0, override?.points ?? 0];
          const total = [...parts, ...last].reduce((sum, points) => sum + tenths(points), 0);
          expect(total).toBe((value ?? 0) * 10);
          for (const points of [...parts, scale]) expect(points).toBe(tenths(points) / 10);
          for (const { points, grade } of contributions) {
            expect(points).toBeGreaterThanOrEqual(0);
            if (!grade) expect(points).toBe(0);
          }
        }
      }),
    );
  });

  it("does not depend on the order of dimensions, of rules or of records", () => {
    const reversedCard = <T extends Card>(card: T): T => ({
      ...card,
      dimensions: card.dimensions
        .toReversed()
        .map((dimension) => ({ ...dimension, rules: dimension.rules.toReversed() })),
      adjustments: card.adjustments.toReversed(),
      limits: card.limits.toReversed(),
    });
    const reversed = (rules: ScoreRules): ScoreRules => ({
      ...reversedCard(rules),
      phases: rules.phases.map(reversedCard),
    });
    fc.assert(
      fc.property(anyRuleset, anyFacts, anyFacts, (ruleset, facts, earlier) => {
        const turned: Ruleset = {
          ...ruleset,
          signals: ruleset.signals.toReversed(),
          scores: ruleset.scores.map(reversed),
        };
        const { contacts, tickets, invoices } = facts;
        const turnedFacts = {
          ...facts,
          contacts: contacts?.toReversed() ?? null,
          tickets: tickets?.toReversed() ?? null,
          invoices: invoices?.toReversed() ?? null,
        };
        expect(scoresOf(ruleset, turnedFacts, earlier)).toEqual(scoresOf(ruleset, facts, earlier));
        const told = (scores: Score[]) => scores.map(({ value, band, coverage }) => ({ value, band, coverage }));
        expect(told(scoresOf(turned, facts, earlier))).toEqual(told(scoresOf(ruleset, facts, earlier)));
      }),
    );
  });

  it("never falls when a signal with a rising grade rises", () => {
    const value = fc.integer({ min: -50, max: 150 });
    fc.assert(
      fc.property(anyRuleset, anyFacts, value, fc.integer({ min: 0, max: 100 }), (ruleset, facts, level, rise) => {
        const at = (points: number) => sampleFacts({ ...facts, company: { ...facts.company, rising: String(points) } });
        const [before] = scoresOf(ruleset, at(level));
        const [after] = scoresOf(ruleset, at(level + rise));
        expect(after?.coverage).toBe(before?.coverage);
        expect(after?.value ?? 0).toBeGreaterThanOrEqual(before?.value ?? 0);
      }),
    );
  });

  it("is the same, byte by byte, from the same facts, whatever was decided meanwhile", () => {
    fc.assert(
      fc.property(anyRuleset, anyFacts, anyFacts, (ruleset, facts, others) => {
        const compiled = compileRuleset(ruleset);
        const owners = { active: new Set<string>(), idByEmail: new Map<string, string>() };
        const options = { tasksForCurrent: true, cutPoints: new Map([["health", { low: 40, high: 60 }]]) };
        const run = (of: Facts) => decide(compiled, of, prior, moment, owners, options);
        const first = run(facts);
        run(others);
        const second = run(structuredClone(facts));
        expect(second).toEqual(first);
        const bytes = JSON.stringify({ ...first, snapshot: [...first.snapshot] });
        const again = decideOnce(structuredClone(ruleset), facts);
        expect(JSON.stringify({ ...again, snapshot: [...again.snapshot] })).toBe(bytes);
      }),
      { numRuns: 50 },
    );
  });

  it("can be worked out again from its snapshot alone, as it is stored", () => {
    fc.assert(
      fc.property(anyRuleset, anyFacts, anyFacts, (ruleset, facts, earlier) => {
        const compiled = compileRuleset(ruleset);
        const before = compiled.takeSnapshot(earlier, momentAt("2026-09-13T12:00:00Z"), null);
        const snapshot = compiled.takeSnapshot(facts, moment, before);
        const stored = new Map(JSON.parse(JSON.stringify([...snapshot])) as [string, Observation][]);
        for (const card of compiled.scorecards) {
          expect(JSON.stringify(card.score(stored, moment))).toBe(JSON.stringify(card.score(snapshot, moment)));
        }
      }),
    );
  });

  it("changes neither the facts nor the rules", () => {
    fc.assert(
      fc.property(anyRuleset, anyFacts, (ruleset, facts) => {
        expect(() => decideOnce(freeze(ruleset), freeze(facts))).not.toThrow();
      }),
      { numRuns: 50 },
    );
  });
});
