import {
  Filter,
  FilterGroup,
  FilterOperatorEnum as Operator,
  PublicObjectSearchRequest,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { z } from "zod";
import type { ModifiedPage, ModifiedRequest } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { modifiedPropertyOf, pathOf } from "./object-types.ts";
import { RecordRow } from "./record-row.ts";
import { toModel } from "./to-model.ts";

const PAGE_SIZE = 200;
const Answer = z.object({ results: z.array(RecordRow) });

/**
 * Where the next page begins: at the instant `fromMs`, without the ids `given` that were shown of it. With `afterId`
 * it shows only records of that very instant, in order of id.
 */
const Cursor = z.object({ fromMs: z.number(), given: z.array(z.string()), afterId: z.string().optional() });
type Cursor = z.infer<typeof Cursor>;

type Modified = ModifiedPage["modified"][number];

/**
 * Each page is a search of its own from the last instant seen, never HubSpot's `after`: that one ends at 10,000
 * results, and skips a record whenever one before it is modified (and so moves to the end) between two pages. More
 * than a page of records modified in one instant (an import) are gone through by id.
 */
export async function searchModified(client: Client, request: ModifiedRequest): Promise<ModifiedPage> {
  const cursor = request.after === undefined ? { fromMs: request.since.getTime(), given: [] } : decode(request.after);
  const rows = await searchFrom(client, request, cursor);
  const next = nextCursor(cursor, rows);
  if (next === "by id") {
    return searchModified(client, { ...request, after: encode({ ...cursor, afterId: "0" }) });
  }
  const modified = rows.filter(({ id }) => !cursor.given.includes(id));
  return { modified, ...(next === null ? {} : { after: encode(next) }) };
}

function nextCursor({ fromMs, given, afterId }: Cursor, rows: Modified[]): Cursor | "by id" | null {
  const last = rows.at(-1);
  const isWhole = rows.length === PAGE_SIZE;
  if (afterId !== undefined) {
    return isWhole && last !== undefined ? { fromMs, given, afterId: last.id } : { fromMs: fromMs + 1, given: [] };
  }
  if (!isWhole || last === undefined) return null;
  const lastMs = last.modifiedAt.getTime();
  if (lastMs === fromMs) return "by id";
  const givenOfLast = rows.filter(({ modifiedAt }) => modifiedAt.getTime() === lastMs).map(({ id }) => id);
  return { fromMs: lastMs, given: givenOfLast };
}

async function searchFrom(client: Client, { type }: ModifiedRequest, cursor: Cursor): Promise<Modified[]> {
  const path = pathOf(type);
  const property = modifiedPropertyOf(type);
  const from = String(cursor.fromMs);
  const where = (propertyName: string, operator: Operator, value: string) =>
    toModel(Filter, { propertyName, operator, value });
  const filters = [where(property, Operator.Gte, from)];
  if (cursor.afterId !== undefined) {
    filters.push(where(property, Operator.Lte, from), where("hs_object_id", Operator.Gt, cursor.afterId));
  }
  const search = toModel(PublicObjectSearchRequest, {
    filterGroups: [toModel(FilterGroup, { filters })],
    sorts: [cursor.afterId === undefined ? property : "hs_object_id"],
    properties: [property],
    limit: PAGE_SIZE,
  });
  const { results } = await client.repeat(`POST /crm/v3/objects/${path}/search`, Answer, () =>
    client.searches.doSearch(path, search),
  );
  return results.map(({ id, properties, modifiedAt }) => {
    const value = properties[property];
    return { id, modifiedAt: value == null ? modifiedAt : new Date(value) };
  });
}

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function decode(after: string): Cursor {
  return Cursor.parse(JSON.parse(Buffer.from(after, "base64url").toString()));
}
