import { describe, expect, it } from "@jest/globals";
import { batchBody, hubspotAnswers, recordBody, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot } from "./test-hubspot.ts";

const PATH = "/crm/v3/objects/tickets";

useNock();

describe("listRecords", () => {
  it("gives a page of 100 with links, each company once, and where to go on", async () => {
    hubspotAnswers()
      .get(PATH)
      .query({
        limit: 100,
        after: "500",
        properties: ["subject", "hs_pipeline_stage"],
        associations: ["companies", "contacts"],
        archived: false,
      })
      .reply(200, {
        results: [
          {
            ...recordBody("501", { subject: "Hjelp", hs_pipeline_stage: "1" }),
            associations: {
              companies: {
                results: [
                  { id: "71", type: "ticket_to_company" },
                  { id: "71", type: "ticket_to_company_unlabeled" },
                  { id: "72", type: "ticket_to_company_unlabeled" },
                ],
              },
              contacts: { results: [{ id: "81", type: "ticket_to_contact" }] },
            },
          },
          recordBody("502", { subject: null }),
        ],
        paging: { next: { after: "502", link: "https://api.hubapi.com/next" } },
      });

    const page = await createTestHubSpot().hubspot.listRecords({
      type: "ticket",
      properties: ["subject", "hs_pipeline_stage"],
      linksTo: ["company", "contact"],
      after: "500",
    });

    expect(page).toEqual({
      after: "502",
      records: [
        {
          id: "501",
          properties: { hs_object_id: "501", subject: "Hjelp", hs_pipeline_stage: "1" },
          modifiedAt: new Date("2025-11-04T12:06:46.802Z"),
          mergedIds: [],
          links: [
            { toType: "company", toId: "71", primary: true },
            { toType: "company", toId: "72", primary: false },
            { toType: "contact", toId: "81", primary: false },
          ],
        },
        {
          id: "502",
          properties: { hs_object_id: "502", subject: null },
          modifiedAt: new Date("2025-11-04T12:06:46.802Z"),
          mergedIds: [],
          links: [],
        },
      ],
    });
  });

  it("calls no company of an invoice primary, for invoices know none", async () => {
    hubspotAnswers()
      .get("/crm/v3/objects/invoices")
      .query(true)
      .reply(200, {
        results: [
          {
            ...recordBody("501"),
            associations: { companies: { results: [{ id: "71", type: "invoice_to_company" }] } },
          },
        ],
      });

    const page = await createTestHubSpot().hubspot.listRecords({
      type: "invoice",
      properties: [],
      linksTo: ["company"],
    });

    expect(page.records[0]?.links).toEqual([{ toType: "company", toId: "71", primary: false }]);
    expect(page).not.toHaveProperty("after");
  });

  it("reads all links of a record that has more of them than the page shows", async () => {
    hubspotAnswers()
      .get("/crm/v3/objects/companies")
      .query(true)
      .reply(200, {
        results: [
          {
            ...recordBody("71"),
            associations: {
              contacts: {
                results: [{ id: "1", type: "company_to_contact_unlabeled" }],
                paging: { next: { after: "1", link: "https://api.hubapi.com/next" } },
              },
            },
          },
          {
            ...recordBody("72"),
            associations: { contacts: { results: [{ id: "9", type: "company_to_contact_unlabeled" }] } },
          },
        ],
      })
      .post("/crm/v4/associations/companies/contacts/batch/read", { inputs: [{ id: "71" }] })
      .reply(
        200,
        batchBody([
          {
            from: { id: "71" },
            to: [
              { toObjectId: 1, associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 280, label: null }] },
              { toObjectId: 2, associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 2, label: "Primary" }] },
            ],
          },
        ]),
      );

    const page = await createTestHubSpot().hubspot.listRecords({
      type: "company",
      properties: [],
      linksTo: ["contact"],
    });

    expect(page.records.map(({ links }) => links)).toEqual([
      [
        { toType: "contact", toId: "1", primary: false },
        { toType: "contact", toId: "2", primary: true },
      ],
      [{ toType: "contact", toId: "9", primary: false }],
    ]);
  });
});
