import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { type OpenSandbox, openSandbox, refusalOf } from "./open-clients.ts";

let open: OpenSandbox;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.close());

const company = (properties: Record<string, string>) => open.app.create("companies", properties);

describe("values", () => {
  it("come as milliseconds or ISO and are answered ISO; dates as days", async () => {
    const at = Date.parse("2026-09-01T12:30:00.000Z");
    const { id } = await company({ last_login_at: String(at), renewal_date: String(Date.parse("2027-01-31")) });
    await open.app.update("companies", id, { customer_since: "2024-02-29" });
    const asked = ["last_login_at", "renewal_date", "customer_since"];
    expect((await open.app.get("companies", id, { properties: asked })).properties).toMatchObject({
      last_login_at: "2026-09-01T12:30:00.000Z",
      renewal_date: "2027-01-31",
      customer_since: "2024-02-29",
    });
  });

  it("are cleared by empty text", async () => {
    const { id } = await company({ plan: "basic" });
    await open.app.update("companies", id, { plan: "" });
    expect((await open.app.get("companies", id, { properties: ["plan"] })).properties["plan"]).toBeNull();
  });

  it.each([
    ["no_such_property", "1", "PROPERTY_DOESNT_EXIST"],
    ["num_associated_contacts", "1", "READ_ONLY_VALUE"],
    ["hs_lastmodifieddate", "1", "READ_ONLY_VALUE"],
    ["plan", "gold", "INVALID_OPTION"],
    ["logins_30d", "many", "INVALID_DOUBLE"],
    ["renewal_date", "2026-09-01T12:30:00Z", "INVALID_DATE"],
    ["last_login_at", "yesterday", "INVALID_LONG"],
    ["hubspot_owner_id", "1", "INVALID_OWNER_ID"],
  ])("%s = %s is refused with %s", async (name, value, code) => {
    const refusal = await refusalOf(company({ [name]: value }));
    expect(refusal.code).toBe(400);
    expect(refusal.body).toMatchObject({
      category: "VALIDATION_ERROR",
      errors: [{ code, context: { propertyName: [name] } }],
    });
  });

  it("of a task need its due date", async () => {
    const refusal = await refusalOf(open.app.create("tasks", { hs_task_subject: "Ring" }));
    expect(refusal.body).toMatchObject({ context: { properties: ["hs_timestamp"] } });
  });
});

describe("what HubSpot maintains", () => {
  it("closes a ticket with its date and duration, and opens it again without", async () => {
    const { id } = await open.app.create("tickets", { subject: "Hjelp", hs_pipeline_stage: "1" });
    open.pass(7_200_000);
    const asked = ["closed_date", "time_to_close", "hs_pipeline"];
    await open.app.update("tickets", id, { hs_pipeline_stage: "4" });
    expect((await open.app.get("tickets", id, { properties: asked })).properties).toMatchObject({
      hs_pipeline: "0",
      closed_date: "2026-10-05T11:00:00.000Z",
      time_to_close: "7200000",
    });
    await open.app.update("tickets", id, { hs_pipeline_stage: "2" });
    expect((await open.app.get("tickets", id, { properties: asked })).properties).toMatchObject({ closed_date: null });
  });

  it("counts a new task in its company's roll-ups and a closed one no more, each time moving its last-modified date", async () => {
    const { id } = await company({ name: "Rull AS" });
    open.pass(60_000);
    const task = await open.app.create("tasks", { hs_timestamp: "2026-10-07T09:00:00Z", hs_task_subject: "Ring" }, [
      [id, 192],
    ]);
    expect(task.properties["hs_task_status"]).toBe("NOT_STARTED");
    const asked = ["hs_last_open_task_date", "notes_last_updated", "notes_next_activity_date"];
    const read = await open.app.get("companies", id, { properties: asked });
    expect(read.properties).toMatchObject({
      hs_last_open_task_date: "2026-10-07T09:00:00.000Z",
      notes_last_updated: "2026-10-05T09:01:00.000Z",
      notes_next_activity_date: "2026-10-07T09:00:00.000Z",
      hs_lastmodifieddate: "2026-10-05T09:01:00.000Z",
    });
    open.pass(60_000);
    await open.app.update("tasks", task.id, { hs_task_status: "COMPLETED" });
    const after = await open.app.get("companies", id, { properties: asked });
    expect(after.properties).toMatchObject({
      hs_last_open_task_date: null,
      notes_next_activity_date: null,
      hs_lastmodifieddate: "2026-10-05T09:02:00.000Z",
    });
  });
});
