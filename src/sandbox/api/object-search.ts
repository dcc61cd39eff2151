import { z } from "zod";

import type { ObjectType } from "../portal/object-types.ts";
import type { PortalRecord } from "../portal/record-store.ts";
import { validationError } from "./api-error.ts";
import { type Answer, type Call, parseBody, typeParam } from "./call.ts";
import { comparable, type ComparableValue } from "./comparable.ts";
import { compileFilter, Filter } from "./search-filter.ts";
import { showFound } from "./show-record.ts";

/** https://developers.hubspot.com/docs/api-reference/crm-search-v3/guide#limits */
const PAGE_LIMIT = 200;
const RESULTS_CAP = 10_000;
const BODY_LIMIT = 3_000;
const GROUP_LIMIT = 5;
const FILTERS_PER_GROUP = 6;
const FILTER_LIMIT = 18;

const Sort = z.union([
  z
    .string()
    .transform((text) =>
      text.startsWith("-") ? { propertyName: text.slice(1), direction: "DESCENDING" as const } : { propertyName: text },
    ),
  z.object({ propertyName: z.string(), direction: z.enum(["ASCENDING", "DESCENDING"]).optional() }),
]);

const Search = z.object({
  filterGroups: z
    .array(z.object({ filters: z.array(Filter).max(FILTERS_PER_GROUP) }))
    .max(GROUP_LIMIT)
    .nullish(),
  sorts: z.array(Sort).max(1).nullish(),
  properties: z.array(z.string()).nullish(),
  limit: z.number().int().min(1).max(PAGE_LIMIT).nullish(),
  after: z
    .union([z.string().regex(/^\d*$/), z.number().int().nonnegative()])
    .transform(Number)
    .nullish(),
  query: z.string().nullish(),
});
type Search = z.infer<typeof Search>;

/**
 * POST /crm/v3/objects/{type}/search: live records that pass every filter of any group; without a sort in order of id.
 * Calculated properties are null in it, whatever their value: HubSpot's may be. `after` counts records, so a portal that changes between pages can skip or repeat some, as HubSpot's does.
 */
export function searchRecords(call: Call): Answer {
  const type = typeParam(call.params, "type");
  if (JSON.stringify(call.body ?? {}).length > BODY_LIMIT)
    throw validationError(`The search body is longer than ${BODY_LIMIT} characters`);
  const search = parseBody(Search, call.body);
  const after = search.after ?? 0;
  const limit = search.limit ?? 10;
  if (after + limit > RESULTS_CAP)
    throw validationError(`Search gives at most ${RESULTS_CAP} results: after ${after} with limit ${limit} is beyond.`);
  const found = sortRecords(call, type, search, findRecords(call, type, search));
  const results = found.slice(after, after + limit).map((record) => showFound(call, record, search.properties ?? []));
  const next = after + results.length;
  const paging = next < found.length ? { paging: { next: { after: String(next) } } } : {};
  return { status: 200, body: { total: found.length, results, ...paging } };
}

function findRecords(call: Call, type: ObjectType, search: Search): PortalRecord[] {
  const groups = (search.filterGroups ?? []).filter((group) => group.filters.length > 0);
  const filterCount = groups.reduce((count, group) => count + group.filters.length, 0);
  if (filterCount > FILTER_LIMIT) throw validationError(`A search takes at most ${FILTER_LIMIT} filters`);
  const compiled = groups.map((group) => group.filters.map((filter) => compileFilter(call.portal, type, filter)));
  const query = search.query?.toLowerCase();
  const records: PortalRecord[] = [];
  for (const record of call.portal.searchIndex.live(type)) {
    const passes = compiled.length === 0 || compiled.some((filters) => filters.every((accepts) => accepts(record)));
    if (passes && (!query || hasText(record, query))) records.push(record);
  }
  return records;
}

function hasText(record: PortalRecord, query: string): boolean {
  return record.type.shownProperties.some((name) => record.properties[name]?.toLowerCase().includes(query));
}

/** Records without a value come last, whichever the direction. */
function sortRecords(call: Call, type: ObjectType, search: Search, records: PortalRecord[]): PortalRecord[] {
  const sort = search.sorts?.[0];
  if (!sort) return records;
  const valueOf = comparable(call.portal, type, sort.propertyName);
  const sign = sort.direction === "DESCENDING" ? -1 : 1;
  return records
    .map((record) => ({ record, value: valueOf(record) }))
    .sort((a, b) => compareValues(a.value, b.value, sign))
    .map(({ record }) => record);
}

function compareValues(a: ComparableValue | null, b: ComparableValue | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -sign : a > b ? sign : 0;
}
