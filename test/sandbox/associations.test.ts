import { AssociationTypes } from "@hubspot/api-client";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";

import { findAssociationType } from "../../src/sandbox/portal/association-types.ts";
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

describe("a link", () => {
  it("of HubSpot's kinds has the ids of HubSpot's own client", () => {
    const known: [number, string, string][] = [
      [AssociationTypes.contactToCompany, "contact", "company"],
      [AssociationTypes.primaryContactToCompany, "contact", "company"],
      [AssociationTypes.ticketToCompany, "ticket", "company"],
      [AssociationTypes.primaryTicketToCompany, "ticket", "company"],
      [AssociationTypes.companyToTicket, "company", "ticket"],
      [AssociationTypes.dealToCompany, "deal", "company"],
      [AssociationTypes.primaryCompanyToDeal, "company", "deal"],
      [AssociationTypes.taskToCompany, "task", "company"],
      [AssociationTypes.taskToContact, "task", "contact"],
      [AssociationTypes.taskToTicket, "task", "ticket"],
      [AssociationTypes.ticketToContact, "ticket", "contact"],
      [AssociationTypes.feedbackSubmissionToTicket, "feedback_submission", "ticket"],
    ];
    for (const [typeId, from, to] of known) {
      const type = findAssociationType(typeId);
      expect([type?.from.singular, type?.to.singular]).toEqual([from, to]);
    }
  });

  it("that is primary is seen with both types from both ends", async () => {
    const [ticket, company] = [await one("tickets"), await one("companies")];
    await open.app.link(["tickets", ticket, "companies", company], 26);
    expect(await typesOf("tickets", ticket, "companies")).toEqual([[company, [26, 339]]]);
    expect(await typesOf("companies", company, "tickets")).toEqual([[ticket, [25, 340]]]);
  });

  it("takes primacy from another company", async () => {
    const ticket = await one("tickets");
    const [first = "", second = ""] = await make("companies", 2);
    for (const company of [first, second]) await open.app.link(["tickets", ticket, "companies", company], 26);
    expect(await typesOf("tickets", ticket, "companies")).toEqual([
      [first, [339]],
      [second, [26, 339]],
    ]);
  });

  it("by default makes a contact's first company primary, and no other", async () => {
    const contact = await one("contacts");
    const [first = "", second = ""] = await make("companies", 2);
    await open.app.linkByDefault(["contacts", contact, "companies", first]);
    await open.app.linkByDefault(["companies", second, "contacts", contact]);
    expect(await typesOf("contacts", contact, "companies")).toEqual([
      [first, [1, 279]],
      [second, [279]],
    ]);
    const read = await open.app.get("contacts", contact, { properties: ["associatedcompanyid"] });
    expect(read.properties["associatedcompanyid"]).toBe(first);
  });

  it("to an invoice has no primary", async () => {
    const [invoice, company] = [await one("invoices"), await one("companies")];
    await open.person.linkByDefault(["invoices", invoice, "companies", company]);
    expect(await typesOf("companies", company, "invoices")).toEqual([[invoice, [180]]]);
  });

  it("is removed from both ends, and an archived record shows none", async () => {
    const company = await one("companies");
    const [first = "", second = ""] = await make("tickets", 2);
    for (const ticket of [first, second]) await open.app.link(["tickets", ticket, "companies", company], 26);
    await open.app.unlink(["companies", company, "tickets", first]);
    expect(await typesOf("tickets", first, "companies")).toEqual([]);
    await open.app.archive("tickets", second);
    expect(await typesOf("companies", company, "tickets")).toEqual([]);
  });

  it("moves no last-modified date", async () => {
    const [ticket, company] = [await one("tickets"), await one("companies")];
    open.pass(1_000);
    await open.app.link(["tickets", ticket, "companies", company], 26);
    const read = await open.app.get("companies", company);
    expect(read.updatedAt).toEqual(read.createdAt);
  });

  it("of a type that does not fit is refused", async () => {
    const [ticket, company] = [await one("tickets"), await one("companies")];
    const refusal = await refusalOf(open.app.link(["tickets", ticket, "companies", company], 192));
    expect(refusal.code).toBe(400);
  });
});
