import { describe, expect, it } from "@jest/globals";
import type { Source } from "../../../src/scoring/facts.ts";
import { currencyPropertyOf, sourcesWithCurrency } from "../../../src/scoring/fields/money.ts";

describe("the currency property of a field", () => {
  it.each<[Source | "company", string, string | null]>([
    ["invoices", "hs_amount_billed", "hs_currency"],
    ["invoices", "hs_balance_due", "hs_currency"],
    ["invoices", "hs_amount_paid", "hs_currency"],
    ["invoices", "property.hs_amount_paid", "hs_currency"],
    ["invoices", "days_overdue", null],
    ["deals", "amount", "deal_currency_code"],
    ["deals", "margin", null],
    ["subscriptions", "hs_recurring_revenue", "hs_currency_code"],
    ["tickets", "amount", null],
    ["company", "amount", null],
  ])("of %s.%s is %s", (source, field, expected) => {
    expect(currencyPropertyOf(source, field)).toBe(expected);
  });

  it("is there for the records of three sources", () => {
    expect(sourcesWithCurrency).toEqual(["invoices", "deals", "subscriptions"]);
  });
});
