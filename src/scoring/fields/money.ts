import { PROPERTY_PREFIX } from "./derived-fields.ts";
import { sources, type PropertyValues, type Source } from "../facts.ts";
import { propertyValue } from "./property-value.ts";

type Money = { currency: string; amounts: readonly string[] };

/** Where HubSpot's records name the currency of their amounts. */
const moneyOf: Readonly<Partial<Record<Source, Money>>> = {
  invoices: { currency: "hs_currency", amounts: ["hs_amount_billed", "hs_balance_due", "hs_amount_paid"] },
  deals: { currency: "deal_currency_code", amounts: ["amount"] },
  subscriptions: { currency: "hs_currency_code", amounts: ["hs_recurring_revenue"] },
};

/** The sources whose records name a currency: only of their fields can amounts be turned into another. */
export const sourcesWithCurrency: readonly Source[] = sources.filter((source) => moneyOf[source] !== undefined);

/** The property with the currency of a field that is known to hold money; null where the field is not. */
export function currencyPropertyOf(source: Source | "company", field: string): string | null {
  const money = source === "company" ? undefined : moneyOf[source];
  const property = field.startsWith(PROPERTY_PREFIX) ? field.slice(PROPERTY_PREFIX.length) : field;
  return money?.amounts.includes(property) ? money.currency : null;
}

/**
 * The property that tells the currency of what an aggregate folds: of a known amount, and of any field that is to be
 * turned into `currency`. Null where the field is not money, or the source names no currency.
 */
export function currencyReadBy(source: Source, field: string, currency: string | null): string | null {
  return currency === null ? currencyPropertyOf(source, field) : (moneyOf[source]?.currency ?? null);
}

export type Amount = { number: number; record: PropertyValues };
export type MoneyReader = (amounts: readonly Amount[]) => readonly number[] | null;

/**
 * Brings the amounts of an aggregate into one currency, in their order; null where that cannot be done. With `currency`
 * each is turned into it by the rates, and one that has no currency or no rate stops it; without, all must name the same
 * one, and naming none is one of its own.
 */
export function compileMoney(
  source: Source,
  field: string,
  currency: string | null,
  rates: ReadonlyMap<string, number>,
): MoneyReader {
  const property = currencyReadBy(source, field, currency);
  const currencyOf = ({ record }: Amount) => (property === null ? null : propertyValue(record, property));
  if (currency === null) {
    return (amounts) => (new Set(amounts.map(currencyOf)).size > 1 ? null : amounts.map(({ number }) => number));
  }
  const rateOf = (from: string | null): number | null => {
    if (from === currency) return 1;
    const [value, measure] = [rates.get(from ?? ""), rates.get(currency)];
    return value === undefined || measure === undefined ? null : value / measure;
  };
  return (amounts) => {
    const numbers: number[] = [];
    for (const amount of amounts) {
      const rate = rateOf(currencyOf(amount));
      if (rate === null) return null;
      numbers.push(amount.number * rate);
    }
    return numbers;
  };
}
