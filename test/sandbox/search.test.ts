import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { z } from "zod";

import type { FilterInput } from "./object-calls.ts";
import { type OpenSandbox, openSandbox, refusalOf } from "./open-clients.ts";

let open: OpenSandbox;
let ids: string[];

beforeAll(async () => {
  // Real time stands still for the limits here, except where a test moves it.
  open = await openSandbox({ monotonicMs: () => (tick += 1_000) });
  ids = [];
  for (const [name, plan, logins] of [
    ["Nordlys Regnskap AS", "basic", "3"],
    ["Fjord Logistikk AS", "pro", "20"],
    ["Sund Klinik ApS", "pro", "100"],
    ["Oakfield Ltd", "", ""],
  ] as const) {
    open.pass(60_000);
    const properties = { name, plan, logins_30d: logins, domain: `${name.split(" ")[0]?.toLowerCase()}.example` };
    ids.push((await open.person.create("companies", properties)).id);
  }
});
afterAll(() => open.sandbox.close());

let tick = 0;
type SearchOptions = Parameters<OpenSandbox["app"]["search"]>[2];

const search = (groups: FilterInput[][], options: SearchOptions = {}) =>
  open.app.search("companies", groups, { limit: 10, ...options });
const positions = async (...filters: FilterInput[]) =>
  (await search([filters])).results.map((record) => ids.indexOf(record.id));

describe("a search filter", () => {
  it.each<[string, FilterInput, number[]]>([
    ["EQ", { propertyName: "plan", operator: "EQ", value: "pro" }, [1, 2]],
    [
      "NEQ, which leaves out records without a value",
      { propertyName: "plan", operator: "NEQ", value: "basic" },
      [1, 2],
    ],
    ["LT as numbers", { propertyName: "logins_30d", operator: "LT", value: "20" }, [0]],
    ["LTE", { propertyName: "logins_30d", operator: "LTE", value: "20" }, [0, 1]],
    ["GT", { propertyName: "logins_30d", operator: "GT", value: "20" }, [2]],
    ["GTE", { propertyName: "logins_30d", operator: "GTE", value: "20" }, [1, 2]],
    ["BETWEEN", { propertyName: "logins_30d", operator: "BETWEEN", value: "3", highValue: "20" }, [0, 1]],
    ["IN", { propertyName: "plan", operator: "IN", values: ["basic", "enterprise"] }, [0]],
    ["NOT_IN", { propertyName: "plan", operator: "NOT_IN", values: ["basic", "enterprise"] }, [1, 2]],
    ["HAS_PROPERTY", { propertyName: "plan", operator: "HAS_PROPERTY" }, [0, 1, 2]],
    ["NOT_HAS_PROPERTY", { propertyName: "plan", operator: "NOT_HAS_PROPERTY" }, [3]],
    ["CONTAINS_TOKEN by words", { propertyName: "name", operator: "CONTAINS_TOKEN", value: "as" }, [0, 1]],
    ["CONTAINS_TOKEN with a star", { propertyName: "domain", operator: "CONTAINS_TOKEN", value: "nord*" }, [0]],
    ["NOT_CONTAINS_TOKEN", { propertyName: "name", operator: "NOT_CONTAINS_TOKEN", value: "AS" }, [2, 3]],
  ])("%s", async (_, filter, expected) => {
    expect(await positions(filter)).toEqual(expected);
  });

  it("takes instants as milliseconds or ISO, and finds by last modification", async () => {
    const instant = open.sandbox.portal.clock.now() - 60_000;
    for (const value of [String(instant), new Date(instant).toISOString()])
      expect(await positions({ propertyName: "hs_lastmodifieddate", operator: "GTE", value })).toEqual([2, 3]);
  });

  it("joins filters by and, groups by or", async () => {
    const business = { propertyName: "plan", operator: "EQ", value: "pro" };
    const many = { propertyName: "logins_30d", operator: "GT", value: "50" };
    const none = { propertyName: "plan", operator: "NOT_HAS_PROPERTY" };
    const found = await search([[business, many], [none]]);
    expect(found.total).toBe(2);
    expect(found.results.map((record) => ids.indexOf(record.id))).toEqual([2, 3]);
  });
});

describe("a search", () => {
  it("sorts by text or object, records without a value last", async () => {
    const order = (found: { results: { id: string }[] }) => found.results.map((record) => ids.indexOf(record.id));
    expect(order(await search([], { sorts: ["-logins_30d"] }))).toEqual([2, 1, 0, 3]);
    const byObject = await open.app.client.apiRequest({
      method: "POST",
      path: "/crm/v3/objects/companies/search",
      body: { sorts: [{ propertyName: "logins_30d", direction: "ASCENDING" }] },
    });
    const Found = z.object({ results: z.array(z.object({ id: z.string() })) });
    expect(order(Found.parse(await byObject.json()))).toEqual([0, 1, 2, 3]);
  });

  it("pages by count, with after as text", async () => {
    const first = await search([], { limit: 3 });
    expect(first.total).toBe(4);
    expect(first.paging?.next).toEqual({ after: "3" });
    const second = await search([], { limit: 3, after: "3" });
    expect(second.results.map((record) => record.id)).toEqual([ids[3]]);
    expect(second.paging).toBeUndefined();
  });

  it("shows null for calculated properties, which a read shows, and can be asked by them", async () => {
    const [id = ""] = ids;
    const contact = await open.person.create("contacts", {}, [[id, 279]]);
    const properties = ["num_associated_contacts", "logins_30d", "hs_object_id"];
    const found = await search([[{ propertyName: "num_associated_contacts", operator: "GT", value: "0" }]], {
      properties,
    });
    expect(found.results).toMatchObject([
      { id, properties: { num_associated_contacts: null, logins_30d: "3", hs_object_id: id } },
    ]);
    const read = await open.app.get("companies", id, { properties });
    expect(read.properties).toMatchObject({ num_associated_contacts: "1", logins_30d: "3" });
    await open.person.archive("contacts", contact.id);
  });

  it("leaves out archived records", async () => {
    const { id } = await open.person.create("companies", { name: "x" });
    await open.person.archive("companies", id);
    expect((await search([])).total).toBe(4);
  });

  const filter = { propertyName: "name", operator: "HAS_PROPERTY" };
  const groups = (...sizes: number[]) => sizes.map((size) => Array.from({ length: size }, () => filter));
  it.each<[string, FilterInput[][], SearchOptions]>([
    ["a page over 200", [], { limit: 201 }],
    ["results beyond the 10,000th", [], { limit: 200, after: "9900" }],
    ["six groups", groups(1, 1, 1, 1, 1, 1), {}],
    ["seven filters in a group", groups(7), {}],
    ["nineteen filters", groups(6, 6, 6, 1), {}],
    ["two sorts", [], { sorts: ["name", "domain"] }],
    ["an unknown property", [[{ propertyName: "no_such", operator: "HAS_PROPERTY" }]], {}],
    ["a number that is none", [[{ propertyName: "logins_30d", operator: "GT", value: "many" }]], {}],
    ["a body over 3,000 characters", [[{ propertyName: "name", operator: "EQ", value: "x".repeat(3_000) }]], {}],
  ])("refuses %s", async (_, filters, more) => {
    expect((await refusalOf(search(filters, more))).code).toBe(400);
  });
});
