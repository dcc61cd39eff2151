import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { type OpenSandbox, openSandbox, refusalOf } from "./open-clients.ts";

let open: OpenSandbox;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.close());

const company = (properties: Record<string, string>) => open.app.create("companies", properties);

describe("a record", () => {
  it("is created with HubSpot's defaults and read by its id", async () => {
    const created = await company({ name: "Nordlys AS", domain: "nordlys.example" });
    expect(created.properties).toMatchObject({
      name: "Nordlys AS",
      website: "nordlys.example",
      lifecyclestage: "lead",
      hs_object_source: "INTEGRATION",
      hs_object_source_id: String(open.sandbox.appId),
      hs_object_id: created.id,
    });
    const read = await open.app.get("companies", created.id);
    expect(Object.keys(read.properties).sort()).toEqual([
      "createdate",
      "domain",
      "hs_lastmodifieddate",
      "hs_object_id",
      "name",
    ]);
    expect(Number(created.id)).toBeGreaterThan(2 ** 31);
  });

  it("shows asked properties: null when it has no value, nothing when there is no such property", async () => {
    const { id } = await company({ name: "Fjord AS" });
    const read = await open.app.get("companies", id, { properties: ["industry", "no_such_property"] });
    expect(read.properties).toMatchObject({ industry: null });
    expect(read.properties).not.toHaveProperty("no_such_property");
    expect(read.properties).not.toHaveProperty("name");
  });

  it("moves its last-modified date with each write and keeps its creation", async () => {
    const { id } = await company({ name: "Fjord AS" });
    open.pass(5_000);
    const updated = await open.app.update("companies", id, { name: "Fjord Gruppen AS" });
    expect(updated.updatedAt.getTime() - updated.createdAt.getTime()).toBe(5_000);
    expect(updated.properties).not.toHaveProperty("domain");
  });

  it("names a contact's last-modified date differently", async () => {
    const { id } = await open.app.create("contacts", { email: "kari@a.example" });
    const read = await open.app.get("contacts", id);
    expect(read.properties).toHaveProperty("lastmodifieddate");
    expect(read.properties).not.toHaveProperty("hs_lastmodifieddate");
  });

  it("is gone once archived, with HubSpot's page of HTML, and found with archived=true", async () => {
    const { id } = await company({ name: "Borte AS" });
    await open.app.archive("companies", id);
    await open.app.archive("companies", id);
    const refusal = await refusalOf(open.app.get("companies", id));
    expect(refusal.code).toBe(404);
    expect(refusal.body).toContain("<h2>HTTP ERROR 404</h2>");
    expect(refusal.headers).toMatchObject({ "x-hubspot-notfound": "true" });
    const archived = await open.app.get("companies", id, { archived: true });
    expect(archived.archived).toBe(true);
    expect(archived.archivedAt).toBeInstanceOf(Date);
  });

  it("is addressed by plural, singular and type id, and an unknown type is refused", async () => {
    const { id } = await company({ name: "Tre navn AS" });
    for (const type of ["companies", "company", "0-2"]) expect((await open.app.get(type, id)).id).toBe(id);
    const refusal = await refusalOf(open.app.get("butterflies", "1"));
    expect(refusal.code).toBe(400);
    expect(refusal.body).toMatchObject({ status: "error", message: "Unable to infer object type from: butterflies" });
  });

  it("of feedback can be read but not written", async () => {
    expect((await open.app.list("feedback_submissions")).results).toEqual([]);
    expect((await refusalOf(open.app.create("feedback_submissions"))).code).toBe(405);
  });
});

describe("a list", () => {
  it("pages in order of id until nothing follows, without archived records", async () => {
    const created: string[] = [];
    for (let index = 0; index < 5; index += 1) created.push((await company({ name: `Nr ${index}` })).id);
    await open.app.archive("companies", created[1] ?? "");
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await open.app.list("companies", { limit: 2, after });
      seen.push(...page.results.map((record) => record.id));
      after = page.paging?.next?.after;
    } while (after !== undefined);
    expect(seen).toEqual(created.filter((_, index) => index !== 1));
    const archived = await open.app.list("companies", { archived: true });
    expect(archived.results.map((record) => record.id)).toEqual([created[1]]);
  });

  it("gives ten by default and refuses more than a hundred", async () => {
    const rows = Array.from({ length: 11 }, (_, index) => ({ properties: { name: `Nr ${index}` } }));
    await open.app.batchCreate("companies", rows);
    expect((await open.app.list("companies")).results).toHaveLength(10);
    expect((await refusalOf(open.app.list("companies", { limit: 101 }))).code).toBe(400);
  });

  it("shows links inline, a primary one under both names", async () => {
    const { id } = await company({ name: "Lenke AS" });
    const ticket = await open.app.create("tickets", { subject: "a", hs_pipeline_stage: "1" }, [[id, 26]]);
    const page = await open.app.list("tickets", { associations: ["companies", "contacts"] });
    expect(page.results[0]?.id).toBe(ticket.id);
    expect(page.results[0]?.associations).toEqual({
      companies: {
        results: [
          { id, type: "ticket_to_company" },
          { id, type: "ticket_to_company_unlabeled" },
        ],
      },
    });
  });
});

describe("access", () => {
  it("needs a known token", async () => {
    const answer = await fetch(`${open.sandbox.url}/crm/v3/objects/companies`, {
      headers: { authorization: "Bearer x" },
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ category: "INVALID_AUTHENTICATION" });
    expect(answer.headers.get("x-hubspot-correlation-id")).toBeTruthy();
  });

  it("needs the object's scope, which a person at the screen has", async () => {
    await open.sandbox.close();
    open = await openSandbox({ scopes: ["crm.objects.companies.read"] });
    const refusal = await refusalOf(open.app.list("tickets"));
    expect(refusal.code).toBe(403);
    expect(refusal.body).toMatchObject({
      category: "MISSING_SCOPES",
      errors: [{ context: { requiredGranularScopes: ["tickets"] } }],
    });
    expect((await open.person.list("tickets")).results).toEqual([]);
  });
});
