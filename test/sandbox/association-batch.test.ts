import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";

import { makeRecords } from "./make-records.ts";
import { type OpenSandbox, openSandbox, refusalOf } from "./open-clients.ts";

/** The wire has a number where the SDK promises text. */
const TextId = z.coerce.string();

let open: OpenSandbox;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.close());

const make = (type: string, count: number) => makeRecords(open.person, type, count);
const one = async (type: string) => (await make(type, 1))[0] ?? "";

async function typesOf(from: string, id: string, to: string) {
  const { results } = await open.app.links(from, id, to);
  return results.map((row) => [TextId.parse(row.toObjectId), row.associationTypes.map((type) => type.typeId).sort()]);
}

describe("a batch of links", () => {
  it("is created, read with numbers as ids, and told apart from records without links", async () => {
    const [company, lonely] = [await one("companies"), await one("companies")];
    const [ticket = "", other = ""] = await make("tickets", 2);
    await open.app.batchLink(
      "tickets",
      "companies",
      [
        [ticket, company],
        [other, company],
      ],
      26,
    );
    const raw = await open.app.client.apiRequest({
      method: "POST",
      path: "/crm/v4/associations/companies/tickets/batch/read",
      body: { inputs: [{ id: company }, { id: lonely }] },
    });
    expect(raw.status).toBe(207);
    expect(await raw.json()).toMatchObject({
      results: [
        {
          from: { id: company },
          to: [
            {
              toObjectId: Number(ticket),
              associationTypes: [
                { category: "HUBSPOT_DEFINED", typeId: 25, label: "Primary" },
                { category: "HUBSPOT_DEFINED", typeId: 340, label: null },
              ],
            },
            { toObjectId: Number(other) },
          ],
        },
      ],
      numErrors: 1,
      errors: [
        {
          category: "OBJECT_NOT_FOUND",
          subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
          message: `No ticket is associated with company ${lonely}.`,
          context: { fromObjectId: [lonely], fromObjectType: ["company"], toObjectType: ["ticket"] },
        },
      ],
    });
  });

  it("pages each record by itself", async () => {
    const company = await one("companies");
    const tickets = await make("tickets", 510);
    await open.app.batchLinkByDefault(
      "tickets",
      "companies",
      tickets.map((id) => [id, company]),
    );
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { results } = await open.app.batchLinks("companies", "tickets", [{ id: company, after }]);
      seen.push(...(results[0]?.to ?? []).map((row) => TextId.parse(row.toObjectId)));
      after = results[0]?.paging?.next?.after;
    } while (after !== undefined);
    expect(seen).toEqual(tickets);
  });

  it("tells the ends that do not exist", async () => {
    const answer = await open.app.batchLink("tickets", "companies", [["9993051", "994705"]], 339);
    expect(answer).toMatchObject({
      results: [],
      numErrors: 2,
      errors: [
        { subCategory: "crm.associations.FROM_OBJECT_NOT_FOUND", message: "No ticket with ID 9993051 exists" },
        { subCategory: "crm.associations.TO_OBJECT_NOT_FOUND", message: "No company with ID 994705 exists" },
      ],
    });
  });

  it("is archived, a hundred at a time", async () => {
    const [company, ticket] = [await one("companies"), await one("tickets")];
    await open.app.linkByDefault(["tickets", ticket, "companies", company]);
    await open.app.batchUnlink("tickets", "companies", [[ticket, [company]]]);
    expect(await typesOf("companies", company, "tickets")).toEqual([]);
    const rows = Array.from({ length: 101 }, (): [string, string[]] => [ticket, []]);
    expect((await refusalOf(open.app.batchUnlink("tickets", "companies", rows))).code).toBe(400);
  });

  it("reads a thousand", async () => {
    const rows = Array.from({ length: 1_001 }, (_, index) => ({ id: String(index) }));
    expect((await refusalOf(open.app.batchLinks("tickets", "companies", rows))).code).toBe(400);
  });
});
