import { expect, test } from "@jest/globals";
import type { Capability } from "./capability-names.ts";
import { observed } from "./observed.ts";

/** Each comparison as it stands behind a field, and those of the values that pass it. */
type Case = { can: Capability; values: (string | null)[]; passing: Record<string, (string | null)[]> };

const cases: Case[] = [
  {
    can: "one value, or one of a list",
    values: ["a", "b", "c", "A", "007", null],
    passing: {
      a: ["a"],
      "{ is: a }": ["a"],
      "[a, b]": ["a", "b"],
      "{ in: [a, b] }": ["a", "b"],
      "007": ["007"],
      "7": [],
    },
  },
  {
    can: "not a value",
    values: ["a", "b", "c", null],
    passing: { "{ not: a }": ["b", "c"], "{ not: [a, b] }": ["c"] },
  },
  {
    can: "contains whole words",
    values: ["Price rise", "the PRICE!", "prices", "best_price", "api;price;seats", "prisøkning", null],
    passing: {
      "{ contains: price }": ["Price rise", "the PRICE!", "api;price;seats"],
      "{ contains: [api, prisøkning] }": ["api;price;seats", "prisøkning"],
    },
  },
  {
    can: "over and under are strict",
    values: ["4", "5", "6", "10", "five", null],
    passing: { "{ over: 5 }": ["6", "10"], "{ under: 5 }": ["4"] },
  },
  {
    can: "at least and at most",
    values: ["4", "5", "6", "10", "five", null],
    passing: { "{ at_least: 5 }": ["5", "6", "10"], "{ at_most: 5 }": ["4", "5"] },
  },
  {
    can: "between, both ends",
    values: ["4", "5", "6.5", "7", "7.1", null],
    passing: { "{ between: [5, 7] }": ["5", "6.5", "7"] },
  },
  {
    can: "within the last days",
    values: ["2026-08-31", "2026-09-01", "2026-10-01", "2026-10-02", null],
    passing: { "{ within: 30d }": ["2026-09-01", "2026-10-01"], "{ within: 1mo }": ["2026-09-01", "2026-10-01"] },
  },
  {
    can: "within the next days",
    values: ["2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01", null],
    passing: { "{ within: next 30d }": ["2026-10-01", "2026-10-31"] },
  },
  {
    can: "within the last hours",
    values: ["2026-09-30T19:59:59Z", "2026-09-30T20:00:00Z", "2026-10-01T08:00:00Z", "2026-10-01T08:00:01Z"],
    passing: { "{ within: 12h }": ["2026-09-30T20:00:00Z", "2026-10-01T08:00:00Z"] },
  },
  {
    can: "before and after a day",
    values: ["2026-08-31", "2026-09-01", "2026-10-01", "2026-10-31", "2026-11-01", null],
    passing: {
      "{ before: 2026-09-01 }": ["2026-08-31"],
      "{ after: 2026-10-01 }": ["2026-10-31", "2026-11-01"],
      "{ after: today }": ["2026-10-31", "2026-11-01"],
      "{ before: 30d ago }": ["2026-08-31"],
      "{ after: in 30d }": ["2026-11-01"],
      "{ after: 2026-08-31, before: today }": ["2026-09-01"],
    },
  },
  {
    can: "known and unknown",
    values: ["a", "0", "", null],
    passing: { known: ["a", "0"], unknown: ["", null] },
  },
];

test.each(cases)("$can", ({ values, passing }) => {
  for (const [comparison, expected] of Object.entries(passing)) {
    expect({ comparison, passing: passingOf(comparison, values) }).toEqual({ comparison, passing: expected });
  }
});

function passingOf(comparison: string, values: readonly (string | null)[]): (string | null)[] {
  const signals = `hits: { count: deals, where: { field: ${comparison} } }`;
  return values.filter((value) => observed({ signals }, { deals: [{ field: value }] }).hits === 1);
}
