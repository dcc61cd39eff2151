import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Duration } from "../../src/scoring/duration.ts";
import type { Facts, PropertyValues } from "../../src/scoring/facts.ts";
import type { Condition, Signal, SignalSource } from "../../src/scoring/ruleset.ts";
import { aggregates } from "../../src/scoring/ruleset.ts";
import { compileSignal } from "../../src/scoring/signal-reader.ts";
import { momentAt } from "./moment-at.ts";
import { sampleFacts } from "./sample-facts.ts";

const moment = momentAt("2026-10-03T12:00:00Z");
const observe = (source: SignalSource, facts: Facts) => {
  const signal: Signal = { name: "signal", label: "Signal", ...source };
  return compileSignal(signal)(facts, moment);
};
const known = (value: number | string | boolean, since: string | null = null) => ({ known: true, value, since });
const unknown = (why: string) => ({ known: false, why });
const urgent: Condition = [{ field: "priority", test: { kind: "is", values: ["URGENT"] } }];

describe("value", () => {
  it.each([
    ["HEALTHY", known("HEALTHY")],
    ["007", known("007")],
    ["", unknown("blank")],
    [null, unknown("blank")],
  ])("of %j", (mood, expected) => {
    expect(observe({ kind: "value", property: "mood" }, sampleFacts({ company: { mood } }))).toEqual(expected);
  });
});

describe("days_since", () => {
  it.each([
    ["2026-10-03", known(0, "2026-10-03")],
    ["2026-09-03", known(30, "2026-09-03")],
    ["2026-10-02T22:30:00Z", known(0, "2026-10-03")],
    ["2026-10-05", known(-2, "2026-10-05")],
    [String(Date.parse("2026-09-01")), known(32, "2026-09-01")],
    ["", unknown("blank")],
    [null, unknown("blank")],
    ["NPS 9", unknown("not_a_date")],
  ])("of %j", (login, expected) => {
    expect(observe({ kind: "days_since", property: "login" }, sampleFacts({ company: { login } }))).toEqual(expected);
  });
});

describe("count", () => {
  const tickets = [{ priority: "URGENT" }, { priority: "LOW" }, { priority: null }, { priority: "URGENT" }];
  it("counts what passes; none is zero, and unreadable is unknown", () => {
    expect(observe({ kind: "count", of: "tickets", where: urgent }, sampleFacts({ tickets }))).toEqual(known(2));
    expect(observe({ kind: "count", of: "tickets", where: [] }, sampleFacts({ tickets }))).toEqual(known(4));
    expect(observe({ kind: "count", of: "tickets", where: urgent }, sampleFacts())).toEqual(known(0));
    const facts = sampleFacts({ tickets: null });
    expect(observe({ kind: "count", of: "tickets", where: [] }, facts)).toEqual(unknown("unreadable"));
  });
});

describe("an aggregate", () => {
  const of = (kind: (typeof aggregates)[number], whenNone: number | null = null): SignalSource => ({
    kind,
    of: "tickets",
    field: "hours",
    where: urgent,
    whenNone,
  });
  const ticketsOf = (...hours: (string | null)[]): PropertyValues[] =>
    hours.map((text) => ({ priority: "URGENT", hours: text }));

  it.each([
    ["sum", 13],
    ["mean", 3.25],
    ["median", 2.5],
    ["min", -2],
    ["max", 10],
  ] as const)("%s", (kind, expected) => {
    const tickets = [...ticketsOf("10", "1", "4", "-2", null, "", "soon"), { priority: "LOW", hours: "1000" }];
    expect(observe(of(kind), sampleFacts({ tickets }))).toEqual(known(expected));
  });

  it("takes the middle one as the median of an odd number", () => {
    expect(observe(of("median"), sampleFacts({ tickets: ticketsOf("10", "9", "100") }))).toEqual(known(10));
  });

  it("is what the rules say where none passes, and unknown where they say nothing", () => {
    expect(observe(of("max", 0), sampleFacts())).toEqual(known(0));
    expect(observe(of("max"), sampleFacts())).toEqual(unknown("none"));
    expect(observe(of("max", 0), sampleFacts({ tickets: null }))).toEqual(unknown("unreadable"));
  });

  it("of a growing day count names the day it began, but not where none passes", () => {
    const signal: SignalSource = { kind: "max", of: "invoices", field: "days_overdue", where: [], whenNone: 5 };
    const invoice = { hs_invoice_status: "open", hs_balance_due: "1" };
    const invoices = ["2026-09-30", "2026-09-20", "2026-12-24"].map((hs_due_date) => ({ ...invoice, hs_due_date }));
    expect(observe(signal, sampleFacts({ invoices }))).toEqual(known(13, "2026-09-20"));
    expect(observe(signal, sampleFacts({ invoices: invoices.slice(2) }))).toEqual(known(0));
    expect(observe(signal, sampleFacts())).toEqual(known(5));
  });

  it("is the same to the last bit in any order of the records, and holds a hundred thousand", () => {
    const hours = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 12 });
    const shuffled = hours.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...aggregates), ([some, others], kind) => {
        const [a, b] = [some, others].map((all) =>
          observe(of(kind), sampleFacts({ tickets: ticketsOf(...all.map(String)) })),
        );
        expect(a).toEqual(b);
      }),
    );
    const many = Array.from({ length: 200_000 }, (_, index) => ({ priority: "URGENT", hours: String(index) }));
    expect(observe(of("max"), sampleFacts({ tickets: many }))).toEqual(known(199_999));
  });
});

describe("latest", () => {
  const latest = (expires: Duration | null = null) =>
    ({ kind: "latest", of: "contacts", field: "nps", by: "answered", where: [], expires }) satisfies SignalSource;
  const contact = (nps: string | null, answered: string | null) => ({ nps, answered });

  it("takes the value of the latest date, whatever the order and the way dates are written", () => {
    const contacts = [
      contact("9", "2026-09-01T10:00:00Z"),
      contact("3", String(Date.parse("2026-09-01T10:00:01Z"))),
      contact("7", "2026-08-31"),
      contact(null, "2026-10-01"),
      contact("5", null),
      contact("1", "recently"),
    ];
    expect(observe(latest(), sampleFacts({ contacts }))).toEqual(known("3"));
    expect(observe(latest(), sampleFacts({ contacts: contacts.toReversed() }))).toEqual(known("3"));
  });

  it("decides between two of one instant without the order of the records", () => {
    const contacts = [contact("9", "2026-09-01"), contact("4", "2026-09-01")];
    const forward = observe(latest(), sampleFacts({ contacts }));
    expect(observe(latest(), sampleFacts({ contacts: contacts.toReversed() }))).toEqual(forward);
  });

  it("expires by the calendar", () => {
    const halfYear = { amount: 6, unit: "mo" } as const;
    const answered = (date: string) => sampleFacts({ contacts: [contact("9", date)] });
    expect(observe(latest(halfYear), answered("2026-04-03"))).toEqual(known("9"));
    expect(observe(latest(halfYear), answered("2026-04-02"))).toEqual(unknown("expired"));
  });

  it("is unknown without an answer, and where contacts cannot be read", () => {
    expect(observe(latest(), sampleFacts())).toEqual(unknown("none"));
    expect(observe(latest(), sampleFacts({ contacts: null }))).toEqual(unknown("unreadable"));
  });

  it("reads a real property by its prefix", () => {
    const signal: SignalSource = { ...latest(), field: "property.nps", by: "property.answered" };
    expect(observe(signal, sampleFacts({ contacts: [contact("8", "2026-09-01")] }))).toEqual(known("8"));
  });
});
