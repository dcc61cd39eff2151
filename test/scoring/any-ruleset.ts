import fc from "fast-check";
import type { Facts, PropertyValues } from "../../src/scoring/facts.ts";
import type { Condition } from "../../src/scoring/ruleset/field-test.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import type { Card, Grade, Missing, Phase, Rule, ScoreRules } from "../../src/scoring/ruleset/score-rules.ts";
import type { Signal } from "../../src/scoring/ruleset/signal.ts";
import { sampleFacts } from "./sample-facts.ts";
import {
  plainRule,
  plainSignal,
  samplePlay,
  sampleRule,
  sampleRuleset,
  sampleScore,
  threeBands,
} from "./sample-ruleset.ts";

const ofRecords = { unit: null, links: "primary" as const, where: [] };
const aggregated = { ...ofRecords, currency: null, decay: null };
const signals: Signal[] = [
  plainSignal("rising"),
  { name: "login", label: "Last login", unit: null, kind: "days_since", field: "login", of: "company" },
  plainSignal("mood"),
  {
    ...ofRecords,
    name: "open_tickets",
    label: "Open",
    kind: "count",
    of: "tickets",
    where: [{ field: "open", test: { kind: "is", values: ["true"] } }],
    decay: null,
  },
  { ...aggregated, name: "hours", label: "Hours", kind: "mean", of: "tickets", field: "hours", whenNone: null },
  { ...aggregated, name: "overdue", label: "Overdue", kind: "max", of: "invoices", field: "days_overdue", whenNone: 0 },
  { ...aggregated, name: "owed", label: "Owed", kind: "sum", of: "invoices", field: "hs_balance_due", whenNone: 0 },
  {
    ...ofRecords,
    name: "nps",
    label: "NPS",
    kind: "latest",
    of: "contacts",
    field: "nps",
    by: "answered",
    expires: { amount: 6, unit: "mo" },
  },
];

const anySignal = fc.constantFrom(...signals.slice(1).map(({ name }) => name));
const anyGradeNumber = fc.oneof(
  fc.constantFrom(0, 100),
  fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
);
const anyPoints = fc
  .uniqueArray(fc.tuple(fc.integer({ min: -20, max: 200 }), anyGradeNumber), {
    minLength: 2,
    maxLength: 5,
    selector: ([at]) => at,
  })
  .map((points) => points.toSorted(([a], [b]) => a - b).map(([at, grade]) => ({ at, grade })));
const anyGrade: fc.Arbitrary<Grade> = fc.oneof(
  fc.record({ kind: fc.constantFrom("line" as const, "steps" as const), points: anyPoints }),
  fc.record({
    kind: fc.constant("match" as const),
    grades: fc.record({ GOOD: anyGradeNumber, BAD: anyGradeNumber }).map((grades) => new Map(Object.entries(grades))),
  }),
);
const anyWeight = fc.constantFrom(0.1, 0.2, 0.3, 1, 2, 3, 7, 40);
const anyMissing: fc.Arbitrary<Missing> = fc.oneof(
  fc.constant({ kind: "exclude" as const }),
  fc.record({ kind: fc.constant("grade" as const), grade: anyGradeNumber }),
  fc.record({
    kind: fc.constant("hold" as const),
    for: fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constantFrom("d" as const, "mo" as const) }),
  }),
);
const anyRule: fc.Arbitrary<Rule> = fc
  .record({ signal: anySignal, weight: anyWeight, grade: anyGrade, missing: anyMissing })
  .map(({ signal, ...given }) => sampleRule(signal, { ...given, label: "Rule" }));
const anyCondition: fc.Arbitrary<Condition> = fc
  .record({
    field: anySignal,
    kind: fc.constantFrom("over" as const, "under" as const, "at_least" as const, "at_most" as const),
    than: fc.integer({ min: -5, max: 100 }),
  })
  .map(({ field, kind, than }) => [{ field, test: { kind, than } }]);

/** A card whose first rule rises with the company property `rising`. */
const anyCard: fc.Arbitrary<Card> = fc
  .record({
    minimumCoverage: fc.constantFrom(0, 0.3, 0.5, 0.9),
    weights: fc.array(anyWeight, { minLength: 1, maxLength: 4 }),
    rules: fc.array(fc.array(anyRule, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
    rising: anyWeight,
    adjustments: fc.array(
      fc.record({
        label: fc.constant("Adjustment"),
        points: fc.integer({ min: -100, max: 100 }),
        when: anyCondition,
      }),
      { maxLength: 3 },
    ),
    limits: fc.array(
      fc.record({
        label: fc.constant("Limit"),
        kind: fc.constantFrom("cap" as const, "floor" as const),
        at: fc.integer({ min: 0, max: 100 }),
        when: anyCondition,
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ minimumCoverage, weights, rules, rising, adjustments, limits }) => ({
    minimumCoverage,
    adjustments,
    limits,
    bands: threeBands,
    dimensions: weights.map((weight, index) => ({
      name: `dimension_${index}`,
      label: "Dimension",
      weight,
      rules: [...(index === 0 ? [plainRule("rising", rising)] : []), ...(rules[index] ?? [])],
    })),
  }));

const anyPhases: fc.Arbitrary<Phase[]> = fc
  .array(fc.record({ card: anyCard, when: anyCondition }), { maxLength: 2 })
  .map((phases) => phases.map(({ card, when }, index) => ({ ...card, name: `phase_${index}`, label: "Phase", when })));

const anyScore: fc.Arbitrary<ScoreRules> = fc
  .record({ card: anyCard, phases: anyPhases, pulse: fc.constantFrom(null, "mood") })
  .map(({ card, phases, pulse }) =>
    sampleScore({
      ...card,
      phases,
      pulse,
      override: { score: "override_score", reason: "override_reason", until: "override_until" },
      percentileBands: { unhealthy: 25, healthy: 75, property: "chs_health_quartile" },
    }),
  );

export const anyRuleset: fc.Arbitrary<Ruleset> = anyScore.map((score) =>
  sampleRuleset({ signals, scores: [score], plays: [samplePlay()] }),
);

const anyNumberText = fc.oneof(
  fc.integer({ min: -50, max: 250 }).map(String),
  fc.integer({ min: -5000, max: 25_000 }).map((cents) => String(cents / 100)),
  fc.constantFrom("", "many", "1e2"),
);
const anyDateText = fc.oneof(
  fc.integer({ min: 20_000, max: 20_800 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
  fc.integer({ min: 1_728_000, max: 1_797_120 }).map((seconds) => String(seconds * 1_000_000)),
  fc.constantFrom("", "soon", "2026-09-01T10:00:00Z"),
);
const orNull = (text: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: fc.constant(null) });
const recordsOf = (record: fc.Arbitrary<PropertyValues>) => fc.option(fc.array(record, { maxLength: 4 }), { freq: 8 });

export const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    company: fc.record({
      rising: orNull(anyNumberText),
      login: orNull(anyDateText),
      mood: orNull(fc.constantFrom("GOOD", "BAD", "OTHER", "BAD;GOOD")),
      override_score: orNull(fc.constantFrom("0", "33.4", "100", "101", "-1", "many")),
      override_reason: orNull(fc.constantFrom("On hold", " ")),
      override_until: orNull(fc.constantFrom("2026-10-02", "2026-10-03", "2027-01-01", "soon")),
    }),
    contacts: recordsOf(fc.record({ nps: orNull(anyNumberText), answered: orNull(anyDateText) })),
    tickets: recordsOf(
      fc.record({
        hs_pipeline: fc.constantFrom("0", "9"),
        hs_pipeline_stage: orNull(fc.constantFrom("1", "4")),
        hours: orNull(anyNumberText),
      }),
    ),
    invoices: recordsOf(
      fc.record({
        hs_invoice_status: orNull(fc.constantFrom("open", "paid")),
        hs_due_date: orNull(anyDateText),
        hs_balance_due: orNull(anyNumberText),
      }),
    ),
  })
  .map((given) => sampleFacts(given));
