import { describe, expect, it } from "@jest/globals";
import { HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import { hubspotAnswers, recordBody, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot, rejectionOf, TOKEN } from "./test-hubspot.ts";

useNock();

describe("the portal", () => {
  it("tells its account", async () => {
    hubspotAnswers()
      .get("/account-info/v3/details")
      .reply(200, { portalId: 12345678, accountType: "STANDARD", timeZone: "Europe/Oslo", companyCurrency: "NOK" });

    await expect(createTestHubSpot().hubspot.readAccount()).resolves.toEqual({
      portalId: "12345678",
      timeZone: "Europe/Oslo",
      currency: "NOK",
    });
  });

  it("tells the app behind the token, which goes along in the header too", async () => {
    hubspotAnswers()
      .post("/oauth/v2/private-apps/get/access-token-info", { tokenKey: TOKEN })
      .reply(200, { userId: 7, hubId: 12345678, appId: 99, scopes: ["oauth", "tickets"] });

    await expect(createTestHubSpot().hubspot.readToken()).resolves.toEqual({
      portalId: "12345678",
      appId: "99",
      scopes: ["oauth", "tickets"],
    });
  });

  const usage = {
    name: "private-apps-api-calls-daily",
    usageLimit: 650_000,
    currentUsage: 1_200,
    collectedAt: "2026-11-22T12:00:00.000Z",
    fetchStatus: "SUCCESS",
    resetsAt: "2026-11-22T23:00:00Z",
  };

  it("tells what its apps have called today", async () => {
    hubspotAnswers()
      .get("/account-info/v3/api-usage/daily/private-apps")
      .reply(200, { results: [usage] });

    await expect(createTestHubSpot().hubspot.readUsage()).resolves.toEqual({
      limit: 650_000,
      used: 1_200,
      resetsAt: new Date("2026-11-22T23:00:00Z"),
    });
  });

  it("cannot tell them where HubSpot counts nothing", async () => {
    hubspotAnswers().get("/account-info/v3/api-usage/daily/private-apps").times(3).reply(200, { results: [] });

    expect(await rejectionOf(createTestHubSpot().hubspot.readUsage())).toBeInstanceOf(HubSpotUnavailable);
  });

  it("tells all owners, page by page, and then the archived ones", async () => {
    const owner = (id: string, more: object) => ({ id, userId: 1, type: "PERSON", archived: false, ...more });
    hubspotAnswers()
      .get("/crm/v3/owners/")
      .query({ limit: 100, archived: false })
      .reply(200, {
        results: [owner("1", { email: "kari@example.com", firstName: "Kari", lastName: "Nord" })],
        paging: { next: { after: "1", link: "https://api.hubapi.com/next" } },
      })
      .get("/crm/v3/owners/")
      .query({ limit: 100, after: "1", archived: false })
      .reply(200, { results: [owner("2", { email: "team@example.com", firstName: "", lastName: "" })] })
      .get("/crm/v3/owners/")
      .query({ limit: 100, archived: true })
      .reply(200, { results: [owner("3", { firstName: "Ola", archived: true })] });

    await expect(createTestHubSpot().hubspot.readOwners()).resolves.toEqual([
      { id: "1", email: "kari@example.com", name: "Kari Nord", archived: false },
      { id: "2", email: "team@example.com", name: "team@example.com", archived: false },
      { id: "3", email: "", name: "Ola", archived: true },
    ]);
  });

  it("reads no archived owners where only active ones are wanted", async () => {
    hubspotAnswers()
      .get("/crm/v3/owners/")
      .query({ limit: 100, archived: false })
      .reply(200, { results: [{ id: "1", email: "kari@example.com", archived: false }] });
    await expect(createTestHubSpot().hubspot.readOwners("active")).resolves.toMatchObject([{ id: "1" }]);
  });

  it("tells which ticket stages are closed, also old ones without a state", async () => {
    const stage = (id: string, metadata: object) => ({ id, label: id, displayOrder: 0, metadata, archived: false });
    hubspotAnswers()
      .get("/crm/v3/pipelines/tickets")
      .reply(200, {
        results: [
          {
            id: "0",
            label: "Support",
            displayOrder: 0,
            archived: false,
            stages: [
              stage("1", { ticketState: "OPEN", isClosed: "false" }),
              stage("4", { isClosed: "true" }),
              stage("5", { ticketState: "CLOSED" }),
              stage("6", {}),
            ],
          },
        ],
      });

    const stages = await createTestHubSpot().hubspot.readTicketStages();

    expect(stages.map(({ stageId, closed }) => [stageId, closed])).toEqual([
      ["1", false],
      ["4", true],
      ["5", true],
      ["6", false],
    ]);
    expect(stages[0]?.pipelineId).toBe("0");
  });

  it("counts by a search, which shows the one modified last", async () => {
    const latest = new Date("2026-11-02T08:00:00.123Z");
    hubspotAnswers()
      .post("/crm/v3/objects/contacts/search", {
        filterGroups: [{ filters: [{ propertyName: "country", operator: "IN", values: ["NO", "no"] }] }],
        sorts: ["-lastmodifieddate"],
        properties: ["lastmodifieddate"],
        limit: 1,
      })
      .reply(200, { total: 12_345, results: [recordBody("7", { lastmodifieddate: latest.toISOString() })] });

    const filters = [[{ property: "country", operator: "in" as const, values: ["NO"] }]];
    await expect(createTestHubSpot().hubspot.countRecords("contact", filters)).resolves.toEqual({
      total: 12_345,
      latest,
    });
  });

  it("counts null where HubSpot will not search", async () => {
    hubspotAnswers()
      .post("/crm/v3/objects/invoices/search")
      .reply(400, { status: "error", message: "Unable to infer object type from: invoices", correlationId: "b4c2" });

    await expect(createTestHubSpot().hubspot.countRecords("invoice")).resolves.toBeNull();
  });
});
