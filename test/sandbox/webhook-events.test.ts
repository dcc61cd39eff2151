import { afterEach, describe, expect, it } from "@jest/globals";

import { type Hearing, hearWebhooks, on } from "./hear-webhooks.ts";
import { START } from "./open-clients.ts";

let hearing: Hearing;
afterEach(() => hearing.close());

describe("what a delivery holds", () => {
  it("is a creation and its subscribed properties at one instant, and nothing nobody subscribed to", async () => {
    hearing = await hearWebhooks([
      on("creation", "ticket"),
      on("propertyChange", "ticket", "hs_pipeline_stage"),
      on("propertyChange", "0-5", "subject"),
      { ...on("propertyChange", "ticket", "hs_pipeline"), active: false },
      on("creation", "company"),
    ]);
    const { id } = await hearing.createTicket();
    await hearing.sandbox.webhooks.idle();
    const common = {
      objectId: Number(id),
      objectTypeId: "0-5",
      occurredAt: START,
      portalId: hearing.sandbox.portalId,
      appId: hearing.sandbox.appId,
      attemptNumber: 0,
      changeSource: "CRM_UI",
      sourceId: "userId:61000101",
    };
    expect(hearing.receiver.events()).toHaveLength(3);
    expect(hearing.receiver.events()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...common, subscriptionType: "object.creation", changeFlag: "CREATED" }),
        expect.objectContaining({
          ...common,
          propertyName: "hs_pipeline_stage",
          propertyValue: "1",
          isSensitive: false,
        }),
        expect.objectContaining({ ...common, propertyName: "subject", propertyValue: "Hjelp" }),
      ]),
    );
  });

  it("says instants in milliseconds and a cleared value as empty text", async () => {
    hearing = await hearWebhooks([
      on("propertyChange", "company", "last_login_at"),
      on("propertyChange", "company", "renewal_date"),
    ]);
    const { id } = await hearing.app.create("companies", {
      last_login_at: "2026-09-01T12:30:00Z",
      renewal_date: "2027-01-31",
    });
    await hearing.app.update("companies", id, { renewal_date: "" });
    await hearing.sandbox.webhooks.idle();
    expect(hearing.receiver.events().map((event) => event["propertyValue"])).toEqual(
      expect.arrayContaining([String(Date.parse("2026-09-01T12:30:00Z")), String(Date.parse("2027-01-31")), ""]),
    );
  });

  it("shows the app's own writes as such, and no write that changed nothing", async () => {
    hearing = await hearWebhooks([on("propertyChange", "company", "name"), on("deletion", "company")]);
    const { id } = await hearing.person.create("companies", {});
    await hearing.app.update("companies", id, { name: "Ny" });
    await hearing.app.update("companies", id, { name: "Ny" });
    await hearing.app.archive("companies", id);
    await hearing.sandbox.webhooks.idle();
    const source = { changeSource: "INTEGRATION", sourceId: String(hearing.sandbox.appId) };
    expect(hearing.receiver.events()).toHaveLength(2);
    expect(hearing.receiver.events()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...source, propertyName: "name" }),
        expect.objectContaining({ ...source, subscriptionType: "object.deletion", changeFlag: "DELETED" }),
      ]),
    );
  });

  it("tells a primary link four times: both directions, both types, without an objectId", async () => {
    hearing = await hearWebhooks([on("associationChange", "ticket"), on("associationChange", "company")]);
    const company = await hearing.person.create("companies", {});
    const ticket = await hearing.createTicket();
    await hearing.person.link(["tickets", ticket.id, "companies", company.id], 26);
    await hearing.sandbox.webhooks.idle();
    const told = hearing.receiver.events().map((event) => ({
      from: event["fromObjectTypeId"],
      type: event["associationTypeId"],
      name: event["associationType"],
      primary: event["isPrimaryAssociation"],
      removed: event["associationRemoved"],
    }));
    expect(told).toHaveLength(4);
    expect(told).toEqual(
      expect.arrayContaining([
        { from: "0-5", type: 26, name: "TICKET_TO_COMPANY", primary: true, removed: false },
        { from: "0-5", type: 339, name: "TICKET_TO_COMPANY", primary: false, removed: false },
        { from: "0-2", type: 25, name: "COMPANY_TO_TICKET", primary: true, removed: false },
        { from: "0-2", type: 340, name: "COMPANY_TO_TICKET", primary: false, removed: false },
      ]),
    );
    expect(hearing.receiver.events().some((event) => "objectId" in event)).toBe(false);
  });

  it("never is a roll-up", async () => {
    hearing = await hearWebhooks([
      on("propertyChange", "company", "hs_last_open_task_date"),
      on("propertyChange", "ticket", "time_to_close"),
      on("creation", "task"),
    ]);
    const { id } = await hearing.person.create("companies", {});
    await hearing.person.create("tickets", { hs_pipeline_stage: "4" });
    await hearing.app.create("tasks", { hs_timestamp: "2026-10-07T09:00:00Z" }, [[id, 192]]);
    await hearing.sandbox.webhooks.idle();
    expect(hearing.receiver.events().map((event) => event["objectTypeId"])).toEqual(["0-27"]);
  });
});
