import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { objectTypes } from "../../src/sandbox/portal/object-types.ts";
import { NotRestorable } from "../../src/sandbox/portal/restore-record.ts";
import { type Hearing, hearWebhooks, on } from "./hear-webhooks.ts";
import { START } from "./open-clients.ts";

const DAY_MS = 86_400_000;

let hearing: Hearing;
beforeEach(async () => {
  hearing = await hearWebhooks([
    on("restore", "company"),
    on("creation", "company"),
    on("associationChange", "company"),
  ]);
});
afterEach(() => hearing.close());

const restore = (token: string, type: string, id: string) =>
  fetch(`${hearing.sandbox.url}/sandbox/restore`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ type, id }),
  });

describe("a restored record", () => {
  it("is there again with its links, and its last-modified date does not tell", async () => {
    const { id } = await hearing.person.create("companies", { name: "Tilbake AS" });
    const ticket = await hearing.createTicket();
    await hearing.person.link(["tickets", ticket.id, "companies", id], 26);
    hearing.pass(DAY_MS);
    await hearing.person.archive("companies", id);
    expect((await hearing.app.links("tickets", ticket.id, "companies")).results).toEqual([]);
    hearing.pass(DAY_MS);
    expect((await restore(hearing.sandbox.personToken, "companies", id)).status).toBe(200);
    const read = await hearing.app.get("companies", id);
    expect(read).toMatchObject({ archived: false, updatedAt: new Date(START), properties: { name: "Tilbake AS" } });
    expect((await hearing.app.list("companies")).results.map((record) => record.id)).toEqual([id]);
    const { results } = await hearing.app.links("tickets", ticket.id, "companies");
    expect(results.map((row) => row.associationTypes.map(({ typeId }) => typeId))).toEqual([[26, 339]]);
  });

  it("is told by a webhook, and by no creation or link", async () => {
    const { id } = await hearing.person.create("companies", {});
    await hearing.person.archive("companies", id);
    hearing.pass(DAY_MS);
    hearing.sandbox.restore(objectTypes.company, id);
    await hearing.sandbox.webhooks.idle();
    const told = hearing.receiver.events().filter(({ occurredAt }) => occurredAt === START + DAY_MS);
    expect(told).toEqual([
      expect.objectContaining({
        subscriptionType: "object.restore",
        objectId: Number(id),
        objectTypeId: "0-2",
        changeFlag: "RESTORED",
        changeSource: "CRM_UI",
        sourceId: "userId:61000101",
      }),
    ]);
  });

  it("is restored by a person only", async () => {
    const { id } = await hearing.person.create("companies", {});
    await hearing.person.archive("companies", id);
    expect((await restore(hearing.sandbox.appToken, "companies", id)).status).toBe(403);
    expect((await hearing.app.list("companies")).results).toEqual([]);
  });
});

describe("nothing is restored", () => {
  it("that is there, that never was, or of a type that nobody knows", async () => {
    const { id } = await hearing.person.create("companies", {});
    for (const [type, other] of [
      ["companies", id],
      ["companies", "1"],
      ["butterflies", id],
    ] as const)
      expect((await restore(hearing.sandbox.personToken, type, other)).status).toBe(400);
    expect(() => hearing.sandbox.restore(objectTypes.company, id)).toThrow(NotRestorable);
  });

  it.each([
    [90, 200],
    [91, 400],
  ])("later than ninety days: after %i it answers %i", async (days, status) => {
    const { id } = await hearing.person.create("companies", {});
    await hearing.person.archive("companies", id);
    hearing.pass(days * DAY_MS);
    expect((await restore(hearing.sandbox.personToken, "companies", id)).status).toBe(status);
  });
});
