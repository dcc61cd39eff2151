import {
  Filter,
  FilterOperatorEnum as Operator,
  PublicObjectSearchRequest,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { z } from "zod";
import type { PortalRecord, SearchPage, SearchRequest } from "../pipeline/hubspot-port.ts";
import { objectsPath } from "./api-paths.ts";
import { askedProperties } from "./asked-properties.ts";
import type { Client } from "./create-client.ts";
import { modifiedPropertyOf, pathOf } from "./object-types.ts";
import { RecordRow } from "./record-row.ts";
import { searchFilters } from "./search-filters.ts";
import { toModel } from "./to-model.ts";

const PAGE_SIZE = 200;
const Answer = z.object({ results: z.array(RecordRow) });

/**
 * Where the next page begins. Of a search by time: at the instant `fromMs`, without the ids `given` that were shown of
 * it. With `afterId` it shows only records after that id, in order of id, and of that very instant where there is one.
 */
const Cursor = z.object({ fromMs: z.number().optional(), given: z.array(z.string()), afterId: z.string().optional() });
type Cursor = z.infer<typeof Cursor>;

type Row = { record: PortalRecord; modifiedMs: number };

/**
 * Each page is a search of its own from where the last one ended, never HubSpot's `after`: that one ends at 10,000
 * results, and skips a record whenever one before it is modified (and so moves to the end) between two pages. More
 * than a page of records modified in one instant (an import) are gone through by id.
 */
export async function searchRecords(client: Client, request: SearchRequest): Promise<SearchPage> {
  const cursor = request.after === undefined ? firstCursor(request) : decode(request.after);
  const rows = await searchFrom(client, request, cursor);
  const next = nextCursor(cursor, rows);
  const records = rows.map(({ record }) => record).filter(({ id }) => !cursor.given.includes(id));
  return { records, ...(next === null ? {} : { after: encode(next) }) };
}

function firstCursor({ where }: SearchRequest): Cursor {
  return "filters" in where ? { given: [], afterId: "0" } : { fromMs: where.modifiedSince.getTime(), given: [] };
}

function nextCursor({ fromMs, given, afterId }: Cursor, rows: Row[]): Cursor | null {
  const [first, last] = [rows[0], rows.at(-1)];
  const isWhole = rows.length === PAGE_SIZE;
  if (afterId !== undefined) {
    if (isWhole && last) return { ...(fromMs === undefined ? {} : { fromMs }), given, afterId: last.record.id };
    return fromMs === undefined ? null : { fromMs: fromMs + 1, given: [] };
  }
  if (!isWhole || !first || !last) return null;
  const givenOfLast = rows.filter(({ modifiedMs }) => modifiedMs === last.modifiedMs).map(({ record }) => record.id);
  if (first.modifiedMs < last.modifiedMs) return { fromMs: last.modifiedMs, given: givenOfLast };
  const givenBefore = last.modifiedMs === fromMs ? given : [];
  return { fromMs: last.modifiedMs, given: [...new Set([...givenBefore, ...givenOfLast])], afterId: "0" };
}

async function searchFrom(client: Client, request: SearchRequest, cursor: Cursor): Promise<Row[]> {
  const { type, properties, where } = request;
  const path = pathOf(type);
  const modified = modifiedPropertyOf(type);
  const than = (propertyName: string, operator: Operator, value: string) =>
    toModel(Filter, { propertyName, operator, value });
  const place: Filter[] = [];
  if (cursor.fromMs !== undefined) {
    const from = String(cursor.fromMs);
    place.push(than(modified, Operator.Gte, from));
    if (cursor.afterId !== undefined) place.push(than(modified, Operator.Lte, from));
  }
  if (cursor.afterId !== undefined) place.push(than("hs_object_id", Operator.Gt, cursor.afterId));
  const search = toModel(PublicObjectSearchRequest, {
    filterGroups: searchFilters("filters" in where ? where.filters : [], place),
    sorts: [cursor.afterId === undefined ? modified : "hs_object_id"],
    properties: [...new Set([...askedProperties(type, properties), modified])],
    limit: PAGE_SIZE,
  });
  const { results } = await client.repeat(`POST ${objectsPath(path, "search")}`, Answer, () =>
    client.searches.doSearch(path, search),
  );
  return results.map((record) => {
    const shown = record.properties[modified];
    return { record, modifiedMs: shown == null ? record.modifiedAt.getTime() : Date.parse(shown) };
  });
}

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function decode(after: string): Cursor {
  return Cursor.parse(JSON.parse(Buffer.from(after, "base64url").toString()));
}
