import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { objectTypes } from "../../src/sandbox/portal/object-types.ts";
import { type Hearing, hearWebhooks, on } from "./hear-webhooks.ts";
import { refusalOf } from "./open-clients.ts";

const AT_MERGE = "2026-10-05T09:01:00.000Z";
const MINUTE_MS = 60_000;

let hearing: Hearing;
beforeEach(async () => {
  hearing = await hearWebhooks([
    on("merge", "company"),
    on("creation", "company"),
    on("deletion", "company"),
    on("propertyChange", "company", "plan"),
  ]);
});
afterEach(() => hearing.close());

const make = async (type: string, properties: Record<string, string>) =>
  (await hearing.person.create(type, properties)).id;

/** Two companies that were merged a minute after they were made. */
async function mergeTwo() {
  const primary = await make("companies", { name: "Nordlys AS", domain: "nordlys.example" });
  const other = await make("companies", { name: "Nordlys Drift AS", plan: "pro", logins_30d: "12" });
  hearing.pass(MINUTE_MS);
  const merged = await hearing.person.merge("companies", primary, other);
  return { primary, other, merged };
}

describe("a merge", () => {
  it("makes a new record of the primary's values, filled from the other, modified now", async () => {
    const { primary, other, merged } = await mergeTwo();
    expect([primary, other]).not.toContain(merged.id);
    const asked = ["name", "plan", "logins_30d", "website", "hs_merged_object_ids", "createdate"];
    const read = await hearing.app.get("companies", merged.id, { properties: asked, history: ["plan", "name"] });
    expect(read.properties).toMatchObject({
      name: "Nordlys AS",
      website: "nordlys.example",
      plan: "pro",
      logins_30d: "12",
      hs_merged_object_ids: `${primary};${other}`,
      createdate: "2026-10-05T09:00:00.000Z",
      hs_lastmodifieddate: AT_MERGE,
    });
    expect(read.propertiesWithHistory).toMatchObject({
      plan: [{ value: "pro", timestamp: new Date("2026-10-05T09:00:00.000Z") }],
      name: [{ value: "Nordlys AS" }],
    });
  });

  it("takes both old records out of lists and searches", async () => {
    const { merged } = await mergeTwo();
    expect((await hearing.app.list("companies")).results.map(({ id }) => id)).toEqual([merged.id]);
    expect((await hearing.app.list("companies", { archived: true })).results).toEqual([]);
    const found = await hearing.app.search("companies", [], { properties: ["hs_merged_object_ids"] });
    expect(found.results.map(({ id }) => id)).toEqual([merged.id]);
    expect(found.results[0]?.properties["hs_merged_object_ids"]).toContain(";");
  });

  it("is answered for the old ids, once in a batch", async () => {
    const { primary, other, merged } = await mergeTwo();
    for (const id of [primary, other]) expect((await hearing.app.get("companies", id)).id).toBe(merged.id);
    const batch = await hearing.app.batchRead("companies", [other, primary, merged.id]);
    expect(batch.results.map(({ id }) => id)).toEqual([merged.id]);
    expect(batch).not.toHaveProperty("errors");
  });

  it("is written by an old id, and answers under the new one", async () => {
    const { primary, other, merged } = await mergeTwo();
    const answer = await hearing.app.batchUpdate("companies", [{ id: other, properties: { plan: "basic" } }]);
    expect(answer.results).toMatchObject([{ id: merged.id, properties: { plan: "basic" } }]);
    expect((await hearing.app.update("companies", primary, { name: "Ny AS" })).id).toBe(merged.id);
    expect((await hearing.app.get("companies", merged.id, { properties: ["plan", "name"] })).properties).toMatchObject({
      plan: "basic",
      name: "Ny AS",
    });
  });

  it("of what came of a merge tells all earlier ids, and the first ones still lead to it", async () => {
    const first = await mergeTwo();
    const third = await make("companies", { name: "Tredje AS" });
    const last = await hearing.person.merge("companies", third, first.primary);
    const read = await hearing.app.get("companies", first.other, { properties: ["hs_merged_object_ids"] });
    expect(read.id).toBe(last.id);
    expect(read.properties["hs_merged_object_ids"]).toBe(
      [third, first.merged.id, first.primary, first.other].join(";"),
    );
  });

  it.each(["contacts", "tickets", "deals"] as const)("works for %s", async (type) => {
    const stage = { contacts: {}, tickets: { hs_pipeline_stage: "1" }, deals: { dealstage: "appointmentscheduled" } };
    const [primary, other] = [await make(type, stage[type]), await make(type, stage[type])];
    const merged = await hearing.person.merge(type, primary, other);
    expect((await hearing.app.get(type, other)).id).toBe(merged.id);
  });

  it("is refused with itself, of what is not there, and of other types", async () => {
    const { primary, merged } = await mergeTwo();
    expect((await refusalOf(hearing.person.merge("companies", primary, merged.id))).code).toBe(400);
    expect((await refusalOf(hearing.person.merge("companies", "1", merged.id))).code).toBe(404);
    const task = await make("tasks", { hs_timestamp: AT_MERGE });
    const answer = await fetch(`${hearing.sandbox.url}/crm/v3/objects/tasks/merge`, {
      method: "POST",
      headers: { authorization: `Bearer ${hearing.sandbox.personToken}` },
      body: JSON.stringify({ primaryObjectId: task, objectIdToMerge: task }),
    });
    expect(answer.status).toBe(400);
  });

  it("is the last one after 250", async () => {
    const { id: fresh } = await hearing.person.create("companies", {});
    let survivor = fresh;
    const others = await hearing.person.batchCreate(
      "companies",
      Array.from({ length: 100 }, () => ({ properties: {} })),
    );
    for (const { id } of others.results) survivor = (await hearing.person.merge("companies", survivor, id)).id;
    const merges = () => hearing.sandbox.portal.records.findLive(objectTypes.company, survivor)?.properties;
    expect(merges()?.["hs_merged_object_ids"]?.split(";")).toHaveLength(200);
    for (let left = 150; left > 0; left -= 1)
      survivor = (await hearing.person.merge("companies", survivor, await make("companies", {}))).id;
    const refusal = await refusalOf(hearing.person.merge("companies", survivor, await make("companies", {})));
    expect(refusal).toMatchObject({ code: 400, body: { message: "A company can come of at most 250 merges" } });
  });
});

describe("webhooks of a merge", () => {
  it("tell the three ids and the moved values, and no deletion, creation or property", async () => {
    const { primary, other, merged } = await mergeTwo();
    await hearing.sandbox.webhooks.idle();
    const events = hearing.receiver.events().filter(({ occurredAt }) => occurredAt === Date.parse(AT_MERGE));
    expect(events).toEqual([
      expect.objectContaining({
        subscriptionType: "object.merge",
        objectTypeId: "0-2",
        primaryObjectId: Number(primary),
        mergedObjectIds: [Number(other)],
        newObjectId: Number(merged.id),
        numberOfPropertiesMoved: 2,
        changeSource: "CRM_UI",
      }),
    ]);
  });
});
