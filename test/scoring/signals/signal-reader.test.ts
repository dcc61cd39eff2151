import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isoDateOfDay } from "../../../src/scoring/time/calendar.ts";
import type { PropertyValues } from "../../../src/scoring/facts.ts";
import { aggregates, type SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import { moment, observeSignal, plain, urgent } from "../observe-signal.ts";
import { sampleFacts } from "../sample-facts.ts";

const decay = { by: "at", halfLife: { amount: 3, unit: "d" } } as const;
const base = { ...plain, links: "all", of: "deals" } as const;
const money = { ...base, field: "amount", whenNone: null } as const;
const ofRecords: SignalSource[] = [
  { ...base, kind: "days_since", field: "at" },
  { ...base, kind: "days_until", field: "at" },
  { ...base, kind: "count", decay: null },
  { ...base, kind: "count", decay },
  { ...base, kind: "exists", where: urgent },
  { ...base, kind: "share", matching: urgent },
  { ...base, kind: "latest", field: "amount", by: "at", expires: null },
  { ...base, kind: "latest", field: "amount", by: "at", expires: { amount: 20, unit: "d" } },
  ...aggregates.flatMap((kind): SignalSource[] => [
    { ...money, kind, currency: null, decay: null },
    { ...money, kind, currency: null, decay },
    { ...money, kind, currency: "NOK", decay },
  ]),
];

const anyDeal: fc.Arbitrary<PropertyValues> = fc.record({
  amount: fc.oneof(
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map(String),
    fc.constantFrom("1", "1.0", "0", "-0", "many", null),
  ),
  at: fc.oneof(
    fc.integer({ min: -30, max: 5 }).map((days) => isoDateOfDay(moment.today + days)),
    fc.constantFrom("2026-10-01T00:00:00Z", "2026-10-01", String(Date.parse("2026-10-01")), null),
  ),
  deal_currency_code: fc.oneof(
    { weight: 9, arbitrary: fc.constant("NOK") },
    { weight: 1, arbitrary: fc.constantFrom("EUR", "USD", null) },
  ),
  priority: fc.constantFrom("URGENT", "LOW"),
});

describe("a signal of records", () => {
  it.each(ofRecords.map((signal, index) => [index, signal.kind, signal] as const))(
    "is the same to the last bit in any order of the records (%d, %s)",
    (_index, _kind, signal) => {
      const rates = new Map([
        ["NOK", 1],
        ["EUR", 11.7],
      ]);
      const observe = (deals: readonly PropertyValues[], cut: number) => {
        const facts = sampleFacts({ deals: deals.slice(0, cut), linked: { deals: deals.slice(cut) } });
        return observeSignal(signal, facts, rates);
      };
      const shuffled = fc
        .array(anyDeal, { maxLength: 12 })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
      fc.assert(
        fc.property(shuffled, fc.nat(12), fc.nat(12), ([some, others], cut, otherCut) => {
          expect(observe(others, otherCut)).toStrictEqual(observe(some, cut));
        }),
      );
    },
  );
});
