import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { type OpenSandbox, openSandbox, refusalOf } from "./open-clients.ts";

let open: OpenSandbox;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.close());

const SCORE = "chs_health_score";

describe("properties", () => {
  it("are made in a group, read, listed, changed and then writable", async () => {
    await open.app.createGroup();
    const created = await open.app.createProperty(SCORE);
    expect(created).toMatchObject({ name: SCORE, type: "number", fieldType: "number", hubspotDefined: false });
    expect(await open.app.getProperty(SCORE)).toEqual(created);
    const { results } = await open.app.listProperties();
    expect(results.map((definition) => definition.name)).toEqual(
      expect.arrayContaining([SCORE, "name", "last_login_at", "churned_at", "notes_last_contacted"]),
    );
    expect((await open.app.relabelProperty(SCORE, "Helse")).label).toBe("Helse");
    const company = await open.app.create("companies", { [SCORE]: "72" });
    expect(company.properties[SCORE]).toBe("72");
  });

  it("of a taken name are refused with 409, in a batch by row", async () => {
    await open.app.createGroup();
    await open.app.createProperty(SCORE);
    expect((await refusalOf(open.app.createProperty(SCORE))).code).toBe(409);
    expect(await open.app.createProperties([SCORE, "chs_other"])).toMatchObject({
      results: [{ name: "chs_other" }],
      numErrors: 1,
      errors: [
        {
          category: "OBJECT_ALREADY_EXISTS",
          subCategory: "Properties.PROPERTY_WITH_NAME_EXISTS",
          context: { name: [SCORE] },
        },
      ],
    });
  });

  it("that exist are refused in HubSpot's words, groups too", async () => {
    await open.app.createGroup();
    await open.app.createProperty(SCORE);
    expect((await refusalOf(open.app.createProperty(SCORE))).body).toMatchObject({
      status: "error",
      message: `A property named '${SCORE}' already exists.`,
      category: "OBJECT_ALREADY_EXISTS",
      subCategory: "Properties.PROPERTY_WITH_NAME_EXISTS",
      context: { name: [SCORE] },
    });
    expect((await refusalOf(open.app.createGroup())).body).toMatchObject({
      status: "error",
      message: "A property group named 'customer_health' already exists.",
      category: "OBJECT_ALREADY_EXISTS",
    });
  });

  it.each([
    ["name", false, false],
    ["plan", false, false],
    ["hs_object_id", false, true],
    ["hs_lastmodifieddate", false, true],
    ["hs_merged_object_ids", false, true],
    ["num_associated_contacts", true, true],
    ["notes_last_contacted", true, true],
  ])("say of %s: calculated %s, read only %s", async (name, calculated, readOnlyValue) => {
    expect(await open.app.getProperty(name)).toMatchObject({ calculated, modificationMetadata: { readOnlyValue } });
  });

  it("need an existing group and a lawful name", async () => {
    expect((await refusalOf(open.app.createProperty(SCORE))).code).toBe(400);
    await open.app.createGroup();
    expect((await refusalOf(open.app.createProperty("CHS"))).code).toBe(400);
    expect((await refusalOf(open.app.createGroup())).code).toBe(409);
  });

  it("that are archived vanish from reads, refuse writes, and come back when made again", async () => {
    await open.app.createGroup();
    await open.app.createProperty(SCORE);
    const { id } = await open.app.create("companies", { [SCORE]: "1" });
    const read = async () => (await open.app.get("companies", id, { properties: [SCORE] })).properties;
    await open.app.archiveProperty(SCORE);
    expect(await read()).not.toHaveProperty(SCORE);
    expect((await refusalOf(open.app.create("companies", { [SCORE]: "1" }))).code).toBe(400);
    await open.app.createProperty(SCORE);
    expect(await read()).toMatchObject({ [SCORE]: "1" });
  });

  it("of HubSpot cannot be archived; those nobody has are missing", async () => {
    expect((await refusalOf(open.app.archiveProperty("name"))).code).toBe(400);
    expect((await refusalOf(open.app.getProperty("no_such"))).code).toBe(404);
    const read = await open.app.readProperties(["name", "no_such"]);
    expect(read).toMatchObject({ results: [{ name: "name" }], numErrors: 1 });
  });
});

describe("the account", () => {
  it("has ticket pipelines whose closed stages say so in text", async () => {
    const { results } = await open.app.client.crm.pipelines.pipelinesApi.getAll("tickets");
    expect(results.map(({ id }) => id)).toEqual(["0", "84512077"]);
    const closed = results.map(({ stages }) => stages.filter(({ metadata }) => metadata?.["isClosed"] === "true"));
    expect(closed.flat().map(({ id, metadata }) => [id, metadata?.["ticketState"]])).toEqual([
      ["4", "CLOSED"],
      ["160398213", "CLOSED"],
    ]);
    const deals = await open.app.client.crm.pipelines.pipelinesApi.getAll("deals");
    expect(deals.results[0]?.stages.at(-1)?.id).toBe("closedlost");
    const stages = await open.app.client.crm.pipelines.pipelineStagesApi.getAll("tickets", "0");
    expect(stages.results).toHaveLength(4);
  });

  it("has owners in pages, those who left apart", async () => {
    const first = await open.app.client.crm.owners.ownersApi.getPage(undefined, undefined, 3);
    const after = first.paging?.next?.after;
    const rest = await open.app.client.crm.owners.ownersApi.getPage(undefined, after, 3);
    expect([...first.results, ...rest.results]).toHaveLength(5);
    expect(rest.paging).toBeUndefined();
    const gone = await open.app.client.crm.owners.ownersApi.getPage(undefined, undefined, 100, true);
    expect(gone.results).toMatchObject([{ archived: true, type: "PERSON" }]);
    const [owner] = first.results;
    expect((await open.app.client.crm.owners.ownersApi.getById(Number(owner?.id))).email).toBe(owner?.email);
    const named = await open.app.client.crm.owners.ownersApi.getPage(owner?.email);
    expect(named.results.map(({ id }) => id)).toEqual([owner?.id]);
  });

  it("tells its time zone and currency, its use, and whose the token is", async () => {
    const details = await (await open.app.client.apiRequest({ path: "/account-info/v3/details" })).json();
    expect(details).toMatchObject({ timeZone: "Europe/Oslo", companyCurrency: "NOK", utcOffset: "+02:00" });
    const usage = await (
      await open.app.client.apiRequest({ path: "/account-info/v3/api-usage/daily/private-apps" })
    ).json();
    expect(usage).toMatchObject({ results: [{ currentUsage: 2, resetsAt: "2026-10-05T22:00:00.000Z" }] });
    const info = await fetch(`${open.sandbox.url}/oauth/v2/private-apps/get/access-token-info`, {
      method: "POST",
      body: JSON.stringify({ tokenKey: open.sandbox.appToken }),
    });
    expect(await info.json()).toMatchObject({
      hubId: open.sandbox.portalId,
      appId: open.sandbox.appId,
      scopes: expect.arrayContaining(["tickets"]),
    });
  });
});
