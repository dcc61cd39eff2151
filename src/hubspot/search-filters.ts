import {
  Filter,
  FilterGroup,
  FilterOperatorEnum as Operator,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import type { SearchFilter, SearchFilters } from "../pipeline/hubspot-port.ts";
import { toModel } from "./to-model.ts";

const operators = {
  known: Operator.HasProperty,
  unknown: Operator.NotHasProperty,
  over: Operator.Gt,
  under: Operator.Lt,
  at_least: Operator.Gte,
  at_most: Operator.Lte,
};

/** Filters as HubSpot takes them, with those in `more` put into every group. */
export function searchFilters(filters: SearchFilters, more: readonly Filter[]): FilterGroup[] {
  const groups = filters.length > 0 ? filters : [[]];
  return groups
    .map((group) => [...group.map(toFilter), ...more])
    .filter((group) => group.length > 0)
    .map((group) => toModel(FilterGroup, { filters: group }));
}

/**
 * Of text HubSpot's IN finds values in lower case only, of choices it tells cases apart; so both are given.
 * https://developers.hubspot.com/docs/api-reference/crm-search-v3/guide
 */
function toFilter(filter: SearchFilter): Filter {
  const { property: propertyName, operator } = filter;
  switch (operator) {
    case "in": {
      const values = [...new Set(filter.values.flatMap((value) => [value, value.toLowerCase()]))];
      return toModel(Filter, { propertyName, operator: Operator.In, values });
    }
    case "known":
    case "unknown":
      return toModel(Filter, { propertyName, operator: operators[operator] });
    default:
      return toModel(Filter, { propertyName, operator: operators[operator], value: filter.value });
  }
}
