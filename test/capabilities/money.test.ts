import { expect, test } from "@jest/globals";
import type { Capability } from "./capability-names.ts";
import { observed, type CaseFacts } from "./observed.ts";

type Case = { can: Capability; signals: string; top?: string; facts: CaseFacts; gives: Record<string, unknown> };

const bills = (...amounts: [string, string | null][]) =>
  amounts.map(([hs_balance_due, hs_currency]) => ({ hs_balance_due, hs_currency }));

const cases: Case[] = [
  {
    can: "money of one currency",
    signals: "due: { sum: invoices.hs_balance_due }",
    facts: { invoices: bills(["100", "NOK"], ["50.5", "NOK"]) },
    gives: { due: 150.5 },
  },
  {
    can: "money of several currencies is not added",
    signals: `
      due: { sum: invoices.hs_balance_due }
      in_kroner: { sum: invoices.hs_balance_due, where: { hs_currency: NOK } }
      sold: { sum: deals.amount }
      sold_hours: { sum: deals.hours }`,
    facts: {
      invoices: bills(["100", "NOK"], ["50", "DKK"]),
      deals: [
        { amount: "100", deal_currency_code: "NOK", hours: "1" },
        { amount: "100", deal_currency_code: "EUR", hours: "2" },
      ],
    },
    gives: { due: { unknown: "currencies" }, in_kroner: 100, sold: { unknown: "currencies" }, sold_hours: 3 },
  },
  {
    can: "money turned into one currency",
    top: "rates: { NOK: 1, EUR: 11.5 }",
    signals: `
      in_kroner: { sum: invoices.hs_balance_due, currency: NOK }
      in_euros: { sum: invoices.hs_balance_due, currency: EUR }
      most: { max: deals.amount, currency: NOK }`,
    facts: {
      invoices: bills(["230", "NOK"], ["10", "EUR"]),
      deals: [
        { amount: "100", deal_currency_code: "NOK" },
        { amount: "100", deal_currency_code: "USD" },
      ],
    },
    gives: { in_kroner: 345, in_euros: expect.closeTo(30), most: { unknown: "currencies" } },
  },
];

test.each(cases)("$can", ({ signals, top = "", facts, gives }) => {
  expect(observed({ signals, top }, facts)).toMatchObject(gives);
});
