import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { objectTypes } from "../../src/sandbox/portal/object-types.ts";
import { type Hearing, hearWebhooks, on } from "./hear-webhooks.ts";
import { refusalOf } from "./open-clients.ts";

const EMAIL = "kari@fjord.example";

let hearing: Hearing;
let contact: string;
let company: string;
beforeEach(async () => {
  hearing = await hearWebhooks([
    { subscriptionType: "contact.privacyDeletion", active: true },
    on("deletion", "contact"),
    on("associationChange", "company"),
  ]);
  contact = (await hearing.person.create("contacts", { email: EMAIL })).id;
  company = (await hearing.person.create("companies", {})).id;
});
afterEach(() => hearing.close());

describe("a contact deleted for privacy", () => {
  it("is gone for good, with its history and links, and cannot be restored", async () => {
    await hearing.person.linkByDefault(["contacts", contact, "companies", company]);
    await hearing.person.gdprDelete(contact);
    expect((await refusalOf(hearing.app.get("contacts", contact, { history: ["email"] }))).code).toBe(404);
    expect((await refusalOf(hearing.app.get("contacts", contact, { archived: true }))).code).toBe(404);
    expect((await hearing.app.list("contacts", { archived: true })).results).toEqual([]);
    expect((await hearing.app.links("companies", company, "contacts")).results).toEqual([]);
    expect([...hearing.sandbox.portal.links.all()]).toEqual([]);
    expect(() => hearing.sandbox.restore(objectTypes.contact, contact)).toThrow("there is none, or none any more");
  });

  it("can be named by email, and one in the archive by id", async () => {
    await hearing.person.gdprDelete(EMAIL.toUpperCase(), "email");
    expect((await hearing.app.list("contacts")).results).toEqual([]);
    const other = (await hearing.person.create("contacts", { email: EMAIL })).id;
    await hearing.person.archive("contacts", other);
    await hearing.person.gdprDelete(other);
    expect((await hearing.app.list("contacts", { archived: true })).results).toEqual([]);
  });

  it("is told twice: as a privacy deletion without a type, and as a deletion", async () => {
    await hearing.person.gdprDelete(contact);
    await hearing.sandbox.webhooks.idle();
    const events = hearing.receiver.events();
    expect(events.map((event) => event["subscriptionType"]).sort()).toEqual([
      "contact.privacyDeletion",
      "object.deletion",
    ]);
    for (const event of events) expect(event["objectId"]).toBe(Number(contact));
    const privacy = events.find((event) => event["subscriptionType"] === "contact.privacyDeletion");
    expect(privacy).not.toHaveProperty("objectTypeId");
    expect(new Set(events.map((event) => event["subscriptionId"])).size).toBe(2);
  });

  it("is one that came of a merge, whichever id it is asked by", async () => {
    const other = (await hearing.person.create("contacts", {})).id;
    const merged = await hearing.person.merge("contacts", contact, other);
    await hearing.person.gdprDelete(other);
    for (const id of [contact, other, merged.id])
      expect((await refusalOf(hearing.app.get("contacts", id))).code).toBe(404);
  });
});

describe("a privacy deletion", () => {
  it("of nobody succeeds", async () => {
    await expect(hearing.person.gdprDelete("1")).resolves.toBeUndefined();
    await expect(hearing.person.gdprDelete("nobody@fjord.example", "email")).resolves.toBeUndefined();
    expect((await hearing.app.list("contacts")).results).toHaveLength(1);
  });

  it("is of contacts, by a known property, and needs the scope to write them", async () => {
    expect((await refusalOf(hearing.person.gdprDelete(EMAIL, "firstname"))).code).toBe(400);
    const ask = (token: string, type: string) =>
      fetch(`${hearing.sandbox.url}/crm/v3/objects/${type}/gdpr-delete`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ objectId: company }),
      });
    expect((await ask(hearing.sandbox.personToken, "companies")).status).toBe(404);
    expect((await ask("pat-unknown", "contacts")).status).toBe(401);
    expect((await hearing.app.get("companies", company)).id).toBe(company);
  });
});
