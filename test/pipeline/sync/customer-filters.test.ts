import { describe, expect, it } from "@jest/globals";
import { becomeUnseen, customerFilters } from "../../../src/pipeline/sync/customer-filters.ts";
import type { Comparison, Condition } from "../../../src/scoring/ruleset/field-test.ts";

const searchable = { numbers: new Set(["seats"]), calculated: new Set(["num_associated_deals"]) };
const customer: Condition = [{ field: "lifecyclestage", test: { kind: "is", values: ["customer"] } }];
const isCustomer = { property: "lifecyclestage", operator: "in", values: ["customer"] };
const filtersOf = (where: Condition, churned: Condition | null = null) =>
  customerFilters({ customerTests: [{ where, churned }] }, searchable);

describe("the search for customers", () => {
  it.each<[string, Comparison, unknown[]]>([
    ["seats", { kind: "over", than: 5 }, [{ property: "seats", operator: "over", value: "5" }]],
    ["seats", { kind: "at_most", than: 5.5 }, [{ property: "seats", operator: "at_most", value: "5.5" }]],
    [
      "seats",
      { kind: "between", from: 1, to: 9 },
      [
        { property: "seats", operator: "at_least", value: "1" },
        { property: "seats", operator: "at_most", value: "9" },
      ],
    ],
    ["churned_at", { kind: "known" }, [{ property: "churned_at", operator: "known" }]],
    ["churned_at", { kind: "unknown" }, [{ property: "churned_at", operator: "unknown" }]],
    ["property.open", { kind: "known" }, [{ property: "open", operator: "known" }]],
    // HubSpot would compare what is written in them as text.
    ["plan_size", { kind: "over", than: 5 }, []],
    ["plan_size", { kind: "between", from: 1, to: 9 }, []],
    ["days_between(a, b)", { kind: "over", than: 5 }, []],
    ["num_associated_deals", { kind: "known" }, []],
    ["products", { kind: "is", values: ["a;b"] }, []],
    ["plan", { kind: "not", values: ["free"] }, []],
    ["plan", { kind: "contains", values: ["pro"] }, []],
    ["since", { kind: "within", last: { amount: 30, unit: "d" } }, [{ property: "since", operator: "known" }]],
    ["since", { kind: "before", day: { kind: "today" } }, [{ property: "since", operator: "known" }]],
  ])("asks of %s %j no more than the rules do", (field, test, filters) => {
    expect(filtersOf([...customer, { field, test }])).toEqual([[isCustomer, ...filters]]);
    expect(filtersOf([{ field, test }])).toEqual(filters.length > 0 ? [filters] : null);
  });

  it("finds those who left too, by a group of their own", () => {
    expect(filtersOf(customer, [{ field: "churned_at", test: { kind: "known" } }])).toEqual([
      [isCustomer],
      [{ property: "churned_at", operator: "known" }],
    ]);
  });

  it("is none where one of the groups would find every company", () => {
    expect(filtersOf(customer, [{ field: "plan", test: { kind: "not", values: ["free"] } }])).toBeNull();
    expect(filtersOf([])).toBeNull();
  });

  it("asks once what two rulesets in transition ask alike", () => {
    const tests = { where: customer, churned: null };
    expect(customerFilters({ customerTests: [tests, tests] }, searchable)).toEqual([[isCustomer]]);
  });

  it("leaves room in each group, and is none where HubSpot would refuse its size", () => {
    const known = (count: number): Condition =>
      Array.from({ length: count }, (_, index) => ({ field: `p${index}`, test: { kind: "known" } }));
    expect(filtersOf(known(9))?.[0]).toHaveLength(5);
    const values = Array.from({ length: 90 }, (_, index) => `option ${index}`);
    expect(filtersOf([{ field: "plan", test: { kind: "is", values } }])).toBeNull();
    const tests = Array.from({ length: 3 }, (_, index) => ({
      where: [{ field: `a${index}`, test: { kind: "known" as const } }],
      churned: [{ field: `b${index}`, test: { kind: "known" as const } }],
    }));
    expect(customerFilters({ customerTests: tests }, searchable)).toBeNull();
  });
});

describe("a company that becomes a customer", () => {
  it.each<[string, Comparison, boolean]>([
    ["start", { kind: "before", day: { kind: "today" } }, true],
    ["start", { kind: "after", day: { kind: "ago", by: { amount: 1, unit: "d" } } }, true],
    ["start", { kind: "before", day: { kind: "date", date: "2026-10-01" } }, false],
    ["start", { kind: "within", last: { amount: 30, unit: "d" } }, true],
    ["start", { kind: "within_next", next: { amount: 30, unit: "d" } }, true],
    ["start", { kind: "known" }, false],
    ["days_between(start, orders)", { kind: "over", than: 5 }, true],
    ["orders", { kind: "over", than: 5 }, true],
  ])("by %s %j may do so without being modified: %s", (field, test, isUnseen) => {
    const where = [...customer, { field, test }];
    expect(becomeUnseen({ customerTests: [{ where, churned: null }] }, ["orders"])).toBe(isUnseen);
    expect(becomeUnseen({ customerTests: [{ where: customer, churned: where }] }, ["orders"])).toBe(isUnseen);
  });
});
