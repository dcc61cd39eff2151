import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { type Hearing, hearWebhooks, on } from "./hear-webhooks.ts";

const AT_MERGE = "2026-10-05T09:01:00.000Z";
const MINUTE_MS = 60_000;

let hearing: Hearing;
beforeEach(async () => {
  hearing = await hearWebhooks([on("associationChange", "ticket")]);
});
afterEach(() => hearing.close());

const make = async (type: string, properties: Record<string, string> = {}) =>
  (await hearing.person.create(type, properties)).id;

describe("the links of merged records", () => {
  const typesFrom = async (type: string, id: string, to = "companies") =>
    (await hearing.app.links(type, id, to)).results.map((row) => [
      Number(row.toObjectId),
      row.associationTypes.map(({ typeId }) => typeId),
    ]);

  it("lead to the new company, primary where they were, tasks too", async () => {
    const [primary, other] = [await make("companies"), await make("companies")];
    const ticket = await hearing.createTicket();
    await hearing.person.link(["tickets", ticket.id, "companies", other], 26);
    await hearing.person.link(["tickets", ticket.id, "companies", primary], 339);
    const contact = await make("contacts");
    await hearing.person.linkByDefault(["contacts", contact, "companies", other]);
    const task = await hearing.app.create("tasks", { hs_timestamp: AT_MERGE }, [[other, 192]]);
    const merged = await hearing.person.merge("companies", primary, other);
    const id = Number(merged.id);
    expect(await typesFrom("tickets", ticket.id)).toEqual([[id, [26, 339]]]);
    expect(await typesFrom("contacts", contact)).toEqual([[id, [1, 279]]]);
    expect(await typesFrom("tasks", task.id)).toEqual([[id, [192]]]);
    expect(await typesFrom("companies", merged.id, "tickets")).toEqual([[Number(ticket.id), [25, 340]]]);
    const rollUp = await hearing.app.get("companies", merged.id, { properties: ["num_associated_contacts"] });
    expect(rollUp.properties["num_associated_contacts"]).toBe("1");
  });

  it("leave a merged contact the primary company of the primary alone", async () => {
    const [first, second] = [await make("companies"), await make("companies")];
    const [primary, other] = [await make("contacts"), await make("contacts")];
    await hearing.person.linkByDefault(["contacts", primary, "companies", first]);
    await hearing.person.linkByDefault(["contacts", other, "companies", second]);
    const merged = await hearing.person.merge("contacts", primary, other);
    expect(await typesFrom("contacts", merged.id)).toEqual([
      [Number(first), [1, 279]],
      [Number(second), [279]],
    ]);
  });

  it("go to the new record when they are made with an old id", async () => {
    const [primary, other] = [await make("companies"), await make("companies")];
    const merged = await hearing.person.merge("companies", primary, other);
    const task = await hearing.app.create("tasks", { hs_timestamp: AT_MERGE }, [[primary, 192]]);
    const ticket = await hearing.createTicket();
    await hearing.person.linkByDefault(["tickets", ticket.id, "companies", other]);
    for (const [type, id] of [
      ["tasks", task.id],
      ["tickets", ticket.id],
    ] as const)
      expect((await typesFrom(type, id)).map(([to]) => to)).toEqual([Number(merged.id)]);
    expect(await typesFrom("companies", primary, "tickets")).toEqual([]);
    await hearing.person.unlink(["tickets", ticket.id, "companies", primary]);
    expect(await typesFrom("tickets", ticket.id)).toEqual([]);
  });

  it("are told where they moved: gone from the old company, there with the new one", async () => {
    const [primary, other] = [await make("companies"), await make("companies")];
    const ticket = await hearing.createTicket();
    await hearing.person.link(["tickets", ticket.id, "companies", other], 26);
    hearing.pass(MINUTE_MS);
    const merged = await hearing.person.merge("companies", primary, other);
    await hearing.sandbox.webhooks.idle();
    const moved = hearing.receiver
      .events()
      .filter((event) => event["occurredAt"] === Date.parse(AT_MERGE) && "associationTypeId" in event)
      .map((event) => [event["toObjectId"], event["associationTypeId"], event["associationRemoved"]]);
    expect(moved).toHaveLength(4);
    expect(moved).toEqual(
      expect.arrayContaining([
        [Number(other), 26, true],
        [Number(other), 339, true],
        [Number(merged.id), 26, false],
        [Number(merged.id), 339, false],
      ]),
    );
  });
});
