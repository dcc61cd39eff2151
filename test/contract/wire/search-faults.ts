import { z } from "zod";
import type { CheckedRequest } from "./exchange-check.ts";

/** https://developers.hubspot.com/docs/api-reference/search/guide#limitations */
const LONGEST_PAGE = 200;
const LAST_RESULT = 10_000;
const LONGEST_BODY = 3_000;
const MOST_GROUPS = 5;
const MOST_FILTERS_OF_GROUP = 6;
const MOST_FILTERS = 18;

const Filter = z.object({
  operator: z.string(),
  value: z.string().optional(),
  highValue: z.string().optional(),
  values: z.array(z.string()).optional(),
});
const Search = z.object({
  limit: z.number().default(10),
  after: z.string().default("0"),
  sorts: z.array(z.string()).default([]),
  filterGroups: z.array(z.object({ filters: z.array(Filter) })).default([]),
});

/** What each operator compares with; one that is not named here, with `value` alone. */
const NEEDED: Record<string, string[]> = {
  BETWEEN: ["value", "highValue"],
  IN: ["values"],
  NOT_IN: ["values"],
  HAS_PROPERTY: [],
  NOT_HAS_PROPERTY: [],
};

/** What HubSpot's search refuses. */
export function findSearchFaults({ operation, rawBody, body }: CheckedRequest): string[] {
  if (!operation.path.endsWith("/search")) return [];
  const { limit, after, sorts, filterGroups } = Search.parse(body);
  const inGroups = filterGroups.map(({ filters }) => filters.length);
  const rules: [boolean, string][] = [
    [limit >= 1 && limit <= LONGEST_PAGE, `limit: ${limit}`],
    [/^\d+$/.test(after), `after: ${after}`],
    [!(Number(after) + limit > LAST_RESULT), `after: ${after} and ${limit} more go past ${LAST_RESULT} results`],
    [rawBody.length <= LONGEST_BODY, `${rawBody.length} characters`],
    [sorts.length <= 1, `sorts: ${sorts.length} of them`],
    [inGroups.length <= MOST_GROUPS, `filterGroups: ${inGroups.length} of them`],
    [inGroups.every((count) => count >= 1 && count <= MOST_FILTERS_OF_GROUP), `filters: ${inGroups.join(", ")}`],
    [inGroups.reduce((a, b) => a + b, 0) <= MOST_FILTERS, `filters: ${inGroups.join(" + ")}`],
  ];
  const broken = rules.filter(([isKept]) => !isKept).map(([, fault]) => `body.${fault}`);
  return [...broken, ...filterGroups.flatMap(({ filters }) => filters.flatMap(findFilterFaults))];
}

function findFilterFaults({ operator, ...operands }: z.output<typeof Filter>): string[] {
  if (operands.values?.length === 0) return [`body filter ${operator}: has an empty list`];
  const given = Object.entries(operands).flatMap(([name, operand]) => (operand === undefined ? [] : name));
  const needed = NEEDED[operator] ?? ["value"];
  const isRight = given.length === needed.length && needed.every((name) => given.includes(name));
  return isRight ? [] : [`body filter ${operator}: has ${given.join(", ") || "nothing"}, needs ${needed.join(", ")}`];
}
