import type { CompiledRuleset } from "../../scoring/compiled-ruleset.ts";
import { derivedFieldOf, propertiesOfField } from "../../scoring/fields/derived-fields.ts";
import type { Comparison, Condition, FieldTest } from "../../scoring/ruleset/field-test.ts";
import type { SearchFilter, SearchFilters } from "../hubspot-port.ts";

/** HubSpot takes five groups of six filters, eighteen in all; one filter of each group is left to the adapter. */
const MOST_GROUPS = 5;
const MOST_FILTERS = 12;
const FILTERS_PER_GROUP = 5;
/** Of the 3,000 characters of a search. */
const MOST_CHARACTERS = 1_000;

export type Searchable = {
  /** The company properties that HubSpot compares as numbers. */
  numbers: ReadonlySet<string>;
  /** Those that it works out, of which a search may know nothing. */
  calculated: ReadonlySet<string>;
};

/**
 * A search that finds every company that the rules call a customer or one that left, and maybe others: tests that HubSpot
 * cannot make are left out. Null where a group would be left without any, or is too large: such a search is none.
 */
export function customerFilters(
  { customerTests }: Pick<CompiledRuleset, "customerTests">,
  searchable: Searchable,
): SearchFilters | null {
  const conditions = customerTests.flatMap(({ where, churned }) => (churned ? [where, churned] : [where]));
  const groups = conditions.map((condition) => groupOf(condition, searchable));
  const distinct = [...new Map(groups.map((group) => [JSON.stringify(group), group])).values()];
  const isNone = distinct.some((group) => group.length === 0) || distinct.length > MOST_GROUPS;
  const isLarge = distinct.flat().length > MOST_FILTERS || JSON.stringify(distinct).length > MOST_CHARACTERS;
  return isNone || isLarge ? null : distinct;
}

/**
 * Whether a company may become a customer, or one that left, without being modified: because time goes by, or by one of
 * these properties, which HubSpot works out.
 */
export function becomeUnseen(
  { customerTests }: Pick<CompiledRuleset, "customerTests">,
  calculated: readonly string[],
): boolean {
  const tests = customerTests.flatMap(({ where, churned }) => [...where, ...(churned ?? [])]);
  return tests.some(
    ({ field, test }) =>
      movesWithTime(test) || propertiesOfField("company", field).some((name) => calculated.includes(name)),
  );
}

function movesWithTime(test: Comparison): boolean {
  if (test.kind === "before" || test.kind === "after") return test.day.kind !== "date";
  return test.kind === "within" || test.kind === "within_next";
}

function groupOf(condition: Condition, searchable: Searchable): SearchFilter[] {
  return condition.flatMap((test) => filtersOf(test, searchable)).slice(0, FILTERS_PER_GROUP);
}

function filtersOf({ field, test }: FieldTest, { numbers, calculated }: Searchable): SearchFilter[] {
  if (derivedFieldOf("company", field)) return [];
  const [property] = propertiesOfField("company", field);
  if (property === undefined || calculated.has(property)) return [];
  switch (test.kind) {
    case "is":
      // Of a property with several choices HubSpot compares each, the rules compare them together.
      return test.values.some((value) => value.includes(";"))
        ? []
        : [{ property, operator: "in", values: test.values }];
    case "known":
    case "unknown":
      return [{ property, operator: test.kind }];
    case "over":
    case "under":
    case "at_least":
    case "at_most":
      return numbers.has(property) ? [{ property, operator: test.kind, value: String(test.than) }] : [];
    case "between":
      if (!numbers.has(property)) return [];
      return [
        { property, operator: "at_least", value: String(test.from) },
        { property, operator: "at_most", value: String(test.to) },
      ];
    case "before":
    case "after":
    case "within":
    case "within_next":
      // Days begin by the rules' time zone; but an unknown date passes none of these tests.
      return [{ property, operator: "known" }];
    default:
      return [];
  }
}
