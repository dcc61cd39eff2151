import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { parseWebhookEvents } from "../../src/hubspot/parse-webhook-events.ts";
import {
  HubSpotForbidden,
  HubSpotRefused,
  HubSpotUnavailable,
  type HubSpotError,
} from "../../src/pipeline/hubspot-errors.ts";
import { hubspotAnswers, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot, rejectionOf } from "./test-hubspot.ts";

const folder = new URL("../../../shared/hubspot-recorded/", import.meta.url);
const describeRecorded = existsSync(folder) ? describe : describe.skip;

const Recording = z.object({
  response: z.object({
    status: z.number(),
    headers: z.record(z.string(), z.string()),
    body: z.union([z.string(), z.record(z.string(), z.unknown())]),
  }),
});

function readRecording(name: string) {
  const text = readFileSync(new URL(`${name}.json`, folder), "utf8");
  return Recording.parse(JSON.parse(text)).response;
}

/** Answers one request with what HubSpot was heard to answer. */
function replay(name: string, method: "GET" | "POST", path: string): void {
  const { status, headers, body } = readRecording(name);
  hubspotAnswers().intercept(path, method).query(true).reply(status, body, headers);
}

useNock();

describeRecorded("recorded answers of HubSpot (skipped where the recordings are not at hand)", () => {
  it("of links, with rows that have none", async () => {
    replay("amp_search_contacts_contacts_to_companies", "POST", "/crm/v4/associations/contacts/companies/batch/read");

    const links = await createTestHubSpot().hubspot.readLinks("contact", "company", ["501", "103107104018"]);

    expect([...links]).toEqual([["501", [{ toId: "29022297485", primary: true }]]]);
  });

  it("of records", async () => {
    replay("amp_read_objects_api_contacts_batch", "POST", "/crm/v3/objects/contacts/batch/read");

    const { found } = await createTestHubSpot().hubspot.readRecords("contact", ["110338039632"], ["firstname"]);

    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ id: "110338039632", modifiedAt: new Date("2026-05-21T22:45:00.229Z") });
  });

  it("of a search", async () => {
    replay("amp_search_contacts_1_first_page", "POST", "/crm/v3/objects/contacts/search");

    const where = { modifiedSince: new Date(0) };
    const { records } = await createTestHubSpot().hubspot.searchRecords({ type: "contact", properties: [], where });

    expect(records[0]).toMatchObject({ id: "501", modifiedAt: new Date("2025-01-27T19:53:15.581Z"), mergedIds: [] });
  });

  it("of updates, whole and in part", async () => {
    const path = "/crm/v3/objects/companies/batch/update";
    const ids = ["171591000198", "171591000199", "unknownIdentifier888"];
    const updates = ids.map((id) => ({ id, properties: { name: "x" } }));
    replay("amp_batch_update_contacts_err_partial_success", "POST", path);
    const inPart = await createTestHubSpot().hubspot.updateCompanies(updates);
    replay("amp_batch_update_contacts_success", "POST", path);
    const whole = await createTestHubSpot().hubspot.updateCompanies(updates.slice(0, 2));

    expect(inPart.refused.map(({ id }) => id)).toEqual(["unknownIdentifier888"]);
    expect(inPart.updated).toEqual(ids.slice(0, 2));
    expect(whole).toEqual({ updated: ids.slice(0, 2), refused: [], later: [] });
  });

  it("of a batch that one bad row spoiled", async () => {
    replay("amp_batch_update_contacts_err_many_invalid_properties", "POST", "/crm/v3/objects/companies/batch/update");

    const { refused } = await createTestHubSpot().hubspot.updateCompanies([{ id: "1", properties: { nope: "1" } }]);

    expect(refused).toMatchObject([{ id: "1", message: expect.stringContaining("does not exist") }]);
  });

  it("of the account, the properties and a group", async () => {
    replay("amp_post_auth_account_info", "GET", "/account-info/v3/details");
    replay("amp_metadata_contacts_properties_sampled", "GET", "/crm/v3/properties/contacts");
    replay("amp_metadata_contacts_properties_sampled", "GET", "/crm/v3/properties/contacts");
    const { hubspot } = createTestHubSpot();

    await expect(hubspot.readAccount()).resolves.toEqual({
      portalId: "12345678",
      timeZone: "US/Eastern",
      currency: "USD",
    });
    const definitions = await hubspot.readPropertyDefinitions("contact");
    expect(definitions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["hs_first_subscription_create_date", "hobby__c"]),
    );
  });

  const refusals: [string, new (...details: never[]) => HubSpotError, object][] = [
    ["vcr_contacts_find_by_id_no_scope", HubSpotForbidden, {}],
    ["vcr_companies_find_by_id_no_scope", HubSpotForbidden, {}],
    ["vcr_users_find_by_id_no_scope", HubSpotForbidden, {}],
    ["vcr_companies_properties_no_scope", HubSpotForbidden, { requiredScopes: [] }],
    ["vcr_contacts_properties_no_scope", HubSpotForbidden, { requiredScopes: [] }],
    ["amp_metadata_err_schemas_scope", HubSpotForbidden, { requiredScopes: ["custom-object-read"] }],
    ["amp_batch_update_contacts_err_duplicate_ids", HubSpotRefused, { status: 400, category: "VALIDATION_ERROR" }],
    ["amp_batch_create_contacts_err_conflict", HubSpotRefused, { status: 409, category: "CONFLICT" }],
    ["amp_search_error_invalid_object", HubSpotRefused, { status: 400, category: null }],
    ["iss_429_daily_kalup", HubSpotUnavailable, { status: 429, retryAfterMs: 900_000 }],
  ];
  it("of a page that says that nothing is there, where nothing can be missing", async () => {
    const name = "vcr_contacts_find_missing_user_by_email";
    for (let tries = 0; tries < 3; tries += 1) replay(name, "GET", "/account-info/v3/details");
    expect(await rejectionOf(createTestHubSpot().hubspot.readAccount())).toMatchObject({
      name: "HubSpotUnavailable",
      status: 404,
    });
  });

  it.each(refusals)("of trouble: %s", async (name, kind, fields) => {
    replay(name, "GET", "/account-info/v3/details");

    const error = await rejectionOf(createTestHubSpot().hubspot.readAccount());

    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject(fields);
    expect(error).toHaveProperty("correlationId", expect.stringMatching(/^[0-9a-f-]{36}$/));
  });

  it("of webhooks", () => {
    const Batches = z.object({ batches: z.record(z.string(), z.array(z.unknown())) });
    const text = readFileSync(new URL("webhook-batches.json", folder), "utf8");
    const { batches } = Batches.parse(JSON.parse(text));

    for (const [name, events] of Object.entries(batches)) {
      const { hints, ignored } = parseWebhookEvents(Buffer.from(JSON.stringify(events)), { maxEvents: 100 });
      expect({ name, hints: hints.length, ignored }).toEqual({ name, hints: events.length, ignored: 0 });
      expect(hints.every(({ echo }) => echo === (name === "own_write_echo"))).toBe(true);
    }
  });
});
