import { z } from "zod";

import type { ObjectType } from "../portal/object-types.ts";
import type { Portal } from "../portal/portal.ts";
import type { PortalRecord } from "../portal/record-store.ts";
import { validationError } from "./api-error.ts";
import { comparable, type ComparableValue, parseOperand } from "./comparable.ts";

const Operand = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const Filter = z.object({
  propertyName: z.string(),
  operator: z.enum([
    "EQ",
    "NEQ",
    "LT",
    "LTE",
    "GT",
    "GTE",
    "BETWEEN",
    "IN",
    "NOT_IN",
    "HAS_PROPERTY",
    "NOT_HAS_PROPERTY",
    "CONTAINS_TOKEN",
    "NOT_CONTAINS_TOKEN",
  ]),
  value: Operand.nullish(),
  highValue: Operand.nullish(),
  values: z.array(Operand).nullish(),
});
export type Filter = z.infer<typeof Filter>;

/**
 * One filter as a function. A record without a value passes NOT_HAS_PROPERTY alone, not NEQ or NOT_IN: HubSpot's search
 * leaves such records out. Text is compared without case.
 */
export function compileFilter(portal: Portal, type: ObjectType, filter: Filter): (record: PortalRecord) => boolean {
  const valueOf = comparable(portal, type, filter.propertyName);
  if (filter.operator === "NOT_HAS_PROPERTY") return (record) => valueOf(record) === null;
  const accepts = compileOperator(portal, type, filter);
  return (record) => {
    const value = valueOf(record);
    return value !== null && accepts(value);
  };
}

function compileOperator(portal: Portal, type: ObjectType, filter: Filter): (value: ComparableValue) => boolean {
  const parse = (text: string) => parseOperand(portal, type, filter.propertyName, text);
  const operand = (text: string | null | undefined) => parse(required(filter, text));
  switch (filter.operator) {
    case "HAS_PROPERTY":
    case "NOT_HAS_PROPERTY":
      return () => true;
    case "IN":
    case "NOT_IN": {
      const wanted = filter.operator === "IN";
      const values = new Set((filter.values ?? [required(filter, filter.value)]).map(parse));
      return (value) => values.has(value) === wanted;
    }
    case "BETWEEN": {
      const [low, high] = [operand(filter.value), operand(filter.highValue)];
      return (value) => value >= low && value <= high;
    }
    case "CONTAINS_TOKEN":
    case "NOT_CONTAINS_TOKEN": {
      const wanted = filter.operator === "CONTAINS_TOKEN";
      const matches = compileToken(required(filter, filter.value));
      return (value) => matches(String(value)) === wanted;
    }
    default:
      return compileComparison(filter.operator, operand(filter.value));
  }
}

function compileComparison(operator: "EQ" | "NEQ" | "LT" | "LTE" | "GT" | "GTE", operand: ComparableValue) {
  const comparisons = {
    EQ: (value: ComparableValue) => value === operand,
    NEQ: (value: ComparableValue) => value !== operand,
    LT: (value: ComparableValue) => value < operand,
    LTE: (value: ComparableValue) => value <= operand,
    GT: (value: ComparableValue) => value > operand,
    GTE: (value: ComparableValue) => value >= operand,
  };
  return comparisons[operator];
}

/** Whole words, `*` standing for any letters: `*@example.no`, `nord*`. */
function compileToken(token: string): (text: string) => boolean {
  const words = token
    .toLowerCase()
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${words.join(".*")}(?![\\p{L}\\p{N}])`, "u");
  return (text) => pattern.test(text.toLowerCase());
}

function required(filter: Filter, text: string | null | undefined): string {
  if (text === null || text === undefined)
    throw validationError(`operator ${filter.operator} on ${filter.propertyName} needs a value`);
  return text;
}
