import { describe, expect, it } from "@jest/globals";
import type { PropertyValues } from "../../../src/scoring/facts.ts";
import { aggregates, type Aggregate, type SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import { known, observeSignal, plain, unknown, urgent } from "../observe-signal.ts";
import { sampleFacts } from "../sample-facts.ts";

const base = { ...plain, of: "tickets", field: "hours", whenNone: null, currency: null, decay: null } as const;
const of = (kind: Aggregate, whenNone: number | null = null): SignalSource => ({
  ...base,
  kind,
  where: urgent,
  whenNone,
});
const ticketsOf = (...hours: (string | null)[]): PropertyValues[] =>
  hours.map((text) => ({ priority: "URGENT", hours: text }));

describe("an aggregate", () => {
  it.each([
    ["sum", 13],
    ["mean", 3.25],
    ["median", 2.5],
    ["min", -2],
    ["max", 10],
  ] as const)("%s", (kind, expected) => {
    const tickets = [...ticketsOf("10", "1", "4", "-2", null, "", "soon"), { priority: "LOW", hours: "1000" }];
    expect(observeSignal(of(kind), sampleFacts({ tickets }))).toEqual(known(expected));
  });

  it("takes the middle one as the median of an odd number", () => {
    expect(observeSignal(of("median"), sampleFacts({ tickets: ticketsOf("10", "9", "100") }))).toEqual(known(10));
  });

  it("is what the rules say where none passes, and unknown where they say nothing", () => {
    expect(observeSignal(of("max", 0), sampleFacts())).toEqual(known(0));
    expect(observeSignal(of("max"), sampleFacts())).toEqual(unknown("none"));
    expect(observeSignal(of("max", 0), sampleFacts({ tickets: null }))).toEqual(unknown("unreadable"));
  });

  it("counts the records of other companies with links: all", () => {
    const facts = sampleFacts({ tickets: ticketsOf("1"), linked: { tickets: ticketsOf("5") } });
    expect(observeSignal(of("sum"), facts)).toEqual(known(1));
    expect(observeSignal({ ...of("sum"), links: "all" } as SignalSource, facts)).toEqual(known(6));
  });

  it("of a growing day count names the day it began, but not where none passes", () => {
    const signal: SignalSource = { ...base, kind: "max", of: "invoices", field: "days_overdue", whenNone: 5 };
    const invoice = { hs_invoice_status: "open", hs_balance_due: "1" };
    const invoices = ["2026-09-30", "2026-09-20", "2026-12-24"].map((hs_due_date) => ({ ...invoice, hs_due_date }));
    expect(observeSignal(signal, sampleFacts({ invoices }))).toEqual(known(13, "2026-09-20"));
    expect(observeSignal(signal, sampleFacts({ invoices: invoices.slice(2) }))).toEqual(known(0));
    expect(observeSignal(signal, sampleFacts())).toEqual(known(5));
  });

  it("of the days between two dates of each record", () => {
    const signal: SignalSource = { ...base, kind: "mean", field: "days_between(opened, answered)" };
    const tickets = [
      { opened: "2026-09-01", answered: "2026-09-04" },
      { opened: "2026-09-01", answered: "2026-09-02" },
      { opened: "2026-09-01", answered: null },
    ];
    expect(observeSignal(signal, sampleFacts({ tickets }))).toEqual(known(2));
  });

  it("is none where it goes beyond what a number can hold", () => {
    const facts = sampleFacts({ tickets: ticketsOf("1e308", "1e308") });
    expect(observeSignal(of("sum"), facts)).toEqual(unknown("not_a_number"));
    expect(observeSignal(of("max"), facts)).toEqual(known(1e308));
  });

  it("holds two hundred thousand records", () => {
    const tickets = Array.from({ length: 200_000 }, (_, index) => ({ priority: "URGENT", hours: String(index) }));
    expect(observeSignal(of("max"), sampleFacts({ tickets }))).toEqual(known(199_999));
  });
});

describe("an aggregate with a half-life", () => {
  const decay = { by: "at", halfLife: { amount: 10, unit: "d" } } as const;
  const tickets = [
    { hours: "8", at: "2026-10-03T05:00:00Z" },
    { hours: "4", at: "2026-09-23" },
    { hours: "16", at: "2026-09-13" },
    { hours: "2", at: "2027-01-01" },
    { hours: "1000", at: null },
    { hours: null, at: "2026-10-03" },
  ];

  it.each([
    ["sum", 8 + 2 + 4 + 2],
    ["mean", 16 / 2.75],
  ] as const)("%s", (kind, expected) => {
    expect(observeSignal({ ...base, kind, decay }, sampleFacts({ tickets }))).toEqual(known(expected));
  });

  it("is what the rules say where no record has the date", () => {
    const facts = sampleFacts({ tickets: [{ hours: "9", at: null }] });
    expect(observeSignal({ ...base, kind: "sum", decay, whenNone: 0 }, facts)).toEqual(known(0));
    expect(observeSignal({ ...base, kind: "mean", decay }, facts)).toEqual(unknown("none"));
  });
});

describe("an amount of money", () => {
  const rates = new Map([
    ["NOK", 1],
    ["EUR", 11.5],
    ["DKK", 1.5],
  ]);
  const invoice = (hs_balance_due: string | null, hs_currency: string | null) => ({ hs_balance_due, hs_currency });
  const owed = (currency: string | null, kind: Aggregate = "sum"): SignalSource => ({
    ...base,
    kind,
    of: "invoices",
    field: "hs_balance_due",
    currency,
  });
  const observe = (signal: SignalSource, invoices: PropertyValues[]) =>
    observeSignal(signal, sampleFacts({ invoices }), rates);

  it.each<[string, string | null, [string | null, string | null][], ReturnType<typeof known>]>([
    [
      "adds one currency",
      null,
      [
        ["10", "EUR"],
        ["5", "EUR"],
      ],
      known(15),
    ],
    [
      "never adds two",
      null,
      [
        ["10", "EUR"],
        ["5", "NOK"],
      ],
      unknown("currencies"),
    ],
    [
      "takes blank as one of its own",
      null,
      [
        ["10", null],
        ["5", ""],
      ],
      known(15),
    ],
    [
      "does not mix blank with another",
      null,
      [
        ["10", "EUR"],
        ["5", null],
      ],
      unknown("currencies"),
    ],
    [
      "looks only at what counts",
      null,
      [
        ["10", "EUR"],
        [null, "NOK"],
      ],
      known(10),
    ],
    [
      "turns each into the one asked for",
      "NOK",
      [
        ["10", "EUR"],
        ["5", "NOK"],
      ],
      known(120),
    ],
    [
      "turns by the rates of both",
      "DKK",
      [
        ["3", "NOK"],
        ["15", "DKK"],
        ["6", "EUR"],
      ],
      known(2 + 15 + 6 * (11.5 / 1.5)),
    ],
    ["needs no rate for the same currency", "SEK", [["10", "SEK"]], known(10)],
    ["does not know a rate that is not given", "SEK", [["10", "NOK"]], unknown("currencies")],
    [
      "does not know a currency without a rate",
      "NOK",
      [
        ["10", "NOK"],
        ["1", "USD"],
      ],
      unknown("currencies"),
    ],
    [
      "does not guess a blank currency",
      "NOK",
      [
        ["10", "NOK"],
        ["1", null],
      ],
      unknown("currencies"),
    ],
    ["is none without records", "NOK", [], unknown("none")],
  ])("%s", (_, currency, amounts, expected) => {
    expect(
      observe(
        owed(currency),
        amounts.map(([amount, code]) => invoice(amount, code)),
      ),
    ).toEqual(expected);
  });

  it.each(aggregates)("is not mixed by %s either", (kind) => {
    expect(observe(owed(null, kind), [invoice("1", "EUR"), invoice("1", "NOK")])).toEqual(unknown("currencies"));
    expect(observe(owed("NOK", kind), [invoice("2", "EUR"), invoice("23", "NOK")])).toEqual(
      known(kind === "sum" ? 46 : 23),
    );
  });

  it.each<[SignalSource, "deals" | "subscriptions", PropertyValues[]]>([
    [
      { ...base, kind: "sum", of: "deals", field: "amount" },
      "deals",
      [
        { amount: "1", deal_currency_code: "EUR" },
        { amount: "1", deal_currency_code: "NOK" },
      ],
    ],
    [
      { ...base, kind: "sum", of: "subscriptions", field: "property.hs_recurring_revenue" },
      "subscriptions",
      [
        { hs_recurring_revenue: "1", hs_currency_code: "EUR" },
        { hs_recurring_revenue: "1", hs_currency_code: "NOK" },
      ],
    ],
  ])("has its currency property at %#", (signal, source, records) => {
    const facts = sampleFacts({ [source]: records });
    expect(observeSignal(signal, facts, rates)).toEqual(unknown("currencies"));
    expect(observeSignal({ ...signal, currency: "NOK" } as SignalSource, facts, rates)).toEqual(known(12.5));
  });

  it("may be any field of a source that names currencies, and no field of one that does not", () => {
    const deals = [
      { margin: "2", deal_currency_code: "EUR" },
      { margin: "2", deal_currency_code: "NOK" },
    ];
    const margin: SignalSource = { ...base, kind: "sum", of: "deals", field: "margin" };
    expect(observeSignal(margin, sampleFacts({ deals }), rates)).toEqual(known(4));
    expect(observeSignal({ ...margin, currency: "NOK" }, sampleFacts({ deals }), rates)).toEqual(known(25));
    const facts = sampleFacts({ tickets: ticketsOf("1") });
    expect(observeSignal({ ...of("sum"), currency: "NOK" } as SignalSource, facts, rates)).toEqual(
      unknown("currencies"),
    );
  });
});
