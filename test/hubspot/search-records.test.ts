import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import type { RecordType } from "../../src/pipeline/hubspot-port.ts";
import { hubspotAnswers, parseRequest, recordBody, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot, type TestHubSpot } from "./test-hubspot.ts";

type Row = { id: string; modifiedMs: number };
const Search = z.object({
  filterGroups: z.array(
    z.object({ filters: z.array(z.object({ propertyName: z.string(), operator: z.string(), value: z.string() })) }),
  ),
  sorts: z.array(z.string()),
  limit: z.number(),
  after: z.string().optional(),
});
type Search = z.infer<typeof Search>;

const SINCE = new Date("2026-11-01T00:00:00.000Z");

/** Searches rows as HubSpot does: the filters of the one group all hold, at most 200 rows, sorted as asked. */
function answerSearches(path: string, property: string, rows: Row[]): Search[] {
  const searches: Search[] = [];
  hubspotAnswers()
    .post(path)
    .optionally()
    .times(1_000)
    .reply(200, async (request: Request) => {
      const search = await parseRequest(Search, request);
      searches.push(search);
      const valueOf = (row: Row, name: string) => (name === property ? row.modifiedMs : Number(row.id));
      const matches = rows.filter((row) =>
        (search.filterGroups[0]?.filters ?? []).every(({ propertyName, operator, value }) => {
          const difference = valueOf(row, propertyName) - Number(value);
          if (operator === "GTE") return difference >= 0;
          if (operator === "LTE") return difference <= 0;
          return difference > 0;
        }),
      );
      const [sort = ""] = search.sorts;
      matches.sort((a, b) => valueOf(a, sort) - valueOf(b, sort));
      return {
        total: matches.length,
        results: matches
          .slice(0, search.limit)
          .map(({ id, modifiedMs }) => recordBody(id, { [property]: new Date(modifiedMs).toISOString() })),
      };
    });
  return searches;
}

const modified = (type: RecordType) => ({ type, properties: [], where: { modifiedSince: SINCE } });

async function searchAll({ hubspot }: TestHubSpot, type: RecordType): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await hubspot.searchRecords({ ...modified(type), ...(after === undefined ? {} : { after }) });
    ids.push(...page.records.map(({ id }) => id));
    after = page.after;
  } while (after !== undefined);
  return ids;
}

/** Rows of one millisecond each, in an order that is not that of their ids. */
function rowsApart(count: number, fromMs = SINCE.getTime()): Row[] {
  return Array.from({ length: count }, (_, index) => ({ id: String(1_000_000 - index), modifiedMs: fromMs + index }));
}

useNock();

describe("searchRecords", () => {
  it("asks for what was modified at or after an instant, in order of modification", async () => {
    hubspotAnswers()
      .post("/crm/v3/objects/companies/search", {
        filterGroups: [
          { filters: [{ propertyName: "hs_lastmodifieddate", operator: "GTE", value: String(SINCE.getTime()) }] },
        ],
        sorts: ["hs_lastmodifieddate"],
        properties: ["name", "hs_merged_object_ids", "hs_lastmodifieddate"],
        limit: 200,
      })
      .reply(200, { total: 1, results: [recordBody("7", { name: "Fjord", hs_merged_object_ids: "5;6" })] });

    const page = await createTestHubSpot().hubspot.searchRecords({ ...modified("company"), properties: ["name"] });

    expect(page).toEqual({
      records: [
        {
          id: "7",
          properties: { hs_object_id: "7", name: "Fjord" },
          modifiedAt: new Date("2025-11-04T12:06:46.802Z"),
          mergedIds: ["5", "6"],
        },
      ],
    });
  });

  it("knows that contacts keep the date under another name", async () => {
    const searches = answerSearches("/crm/v3/objects/contacts/search", "lastmodifieddate", rowsApart(3));

    const ids = await searchAll(createTestHubSpot(), "contact");

    expect(ids).toHaveLength(3);
    expect(searches[0]?.sorts).toEqual(["lastmodifieddate"]);
  });

  it("gives 10,500 records, more than one query of HubSpot's shows, each once", async () => {
    const rows = rowsApart(10_500);
    const searches = answerSearches("/crm/v3/objects/tickets/search", "hs_lastmodifieddate", rows);

    const ids = await searchAll(createTestHubSpot(), "ticket");

    expect(ids).toEqual(rows.map(({ id }) => id));
    expect(searches.every(({ after }) => after === undefined)).toBe(true);
  });

  it("gives each record once where more than a page was modified in one instant", async () => {
    const together = rowsApart(650).map(({ id }) => ({ id, modifiedMs: SINCE.getTime() + 60_000 }));
    const before = rowsApart(150).map(({ modifiedMs }, index) => ({ id: String(index + 1), modifiedMs }));
    const after = rowsApart(150, SINCE.getTime() + 60_001).map(({ modifiedMs }, index) => ({
      id: String(index + 200),
      modifiedMs,
    }));
    const searches = answerSearches("/crm/v3/objects/tickets/search", "hs_lastmodifieddate", [
      ...together,
      ...before,
      ...after,
    ]);

    const ids = await searchAll(createTestHubSpot(), "ticket");

    expect(ids).toHaveLength(950);
    expect(new Set(ids).size).toBe(950);
    expect(searches.length).toBe(7);
  });

  it("misses nothing when a record that was given is modified again between two pages", async () => {
    const rows = rowsApart(300);
    answerSearches("/crm/v3/objects/tickets/search", "hs_lastmodifieddate", rows);
    const { hubspot } = createTestHubSpot();

    const first = await hubspot.searchRecords(modified("ticket"));
    const [moved] = rows;
    if (moved !== undefined) moved.modifiedMs = SINCE.getTime() + 1_000_000;
    const second = await hubspot.searchRecords({ ...modified("ticket"), after: first.after ?? "" });

    const ids = [...first.records, ...second.records].map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)));
  });
});
