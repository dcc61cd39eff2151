import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { HubSpotRefused } from "../../src/pipeline/hubspot-errors.ts";
import { batchBody, hubspotAnswers, parseRequest, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot, rejectionOf } from "./test-hubspot.ts";

const Inputs = z.object({ inputs: z.array(z.unknown()) });
const PATH = "/crm/v4/associations/contacts/companies/batch/read";
const primary = [
  { category: "HUBSPOT_DEFINED", typeId: 1, label: "Primary" },
  { category: "HUBSPOT_DEFINED", typeId: 279, label: null },
];
const unlabelled = [{ category: "HUBSPOT_DEFINED", typeId: 279, label: null }];

useNock();

describe("readLinks", () => {
  it("gives ids as text, the primary company, and nothing for a record without links", async () => {
    hubspotAnswers()
      .post(PATH, { inputs: [{ id: "501" }, { id: "502" }] })
      .reply(
        207,
        batchBody(
          [
            {
              from: { id: "501" },
              to: [
                { toObjectId: 29022297485, associationTypes: primary },
                { toObjectId: 546500061938, associationTypes: unlabelled },
              ],
            },
          ],
          [
            {
              status: "error",
              category: "OBJECT_NOT_FOUND",
              subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
              message: "No company is associated with contact 502.",
              context: { fromObjectId: ["502"], fromObjectType: ["contact"], toObjectType: ["company"] },
            },
          ],
        ),
      );

    const links = await createTestHubSpot().hubspot.readLinks("contact", "company", ["501", "502"]);

    expect([...links]).toEqual([
      [
        "501",
        [
          { toId: "29022297485", primary: true },
          { toId: "546500061938", primary: false },
        ],
      ],
    ]);
  });

  it("refuses what HubSpot fails for one record, and a link that cannot be read", async () => {
    const failed = { status: "error", category: "VALIDATION_ERROR", message: "no", context: { fromObjectId: ["502"] } };
    const odd = { from: { id: "501" }, to: [{ toObjectId: "x", associationTypes: unlabelled }] };
    hubspotAnswers()
      .post(PATH)
      .reply(207, batchBody([], [failed]))
      .post(PATH)
      .reply(200, batchBody([odd]));
    const { hubspot } = createTestHubSpot();

    expect(await rejectionOf(hubspot.readLinks("contact", "company", ["502"]))).toBeInstanceOf(HubSpotRefused);
    expect(await rejectionOf(hubspot.readLinks("contact", "company", ["501"]))).toBeInstanceOf(HubSpotRefused);
  });

  it("does not take a portal's own label with the number of a primary for one", async () => {
    hubspotAnswers()
      .post(PATH)
      .reply(
        200,
        batchBody([
          {
            from: { id: "501" },
            to: [{ toObjectId: 7, associationTypes: [{ category: "USER_DEFINED", typeId: 1, label: "Reseller" }] }],
          },
        ]),
      );

    const links = await createTestHubSpot().hubspot.readLinks("contact", "company", ["501"]);

    expect(links.get("501")).toEqual([{ toId: "7", primary: false }]);
  });

  it("follows the pages of each record to the end", async () => {
    const page = (from: string, toIds: number[], after?: string) => ({
      from: { id: from },
      to: toIds.map((toObjectId) => ({ toObjectId, associationTypes: unlabelled })),
      ...(after === undefined ? {} : { paging: { next: { after, link: "https://api.hubapi.com/next" } } }),
    });
    hubspotAnswers()
      .post(PATH, { inputs: [{ id: "501" }, { id: "502" }] })
      .reply(200, batchBody([page("501", [1, 2], "two"), page("502", [9])]))
      .post(PATH, { inputs: [{ id: "501", after: "two" }] })
      .reply(200, batchBody([page("501", [3], "three")]))
      .post(PATH, { inputs: [{ id: "501", after: "three" }] })
      .reply(200, batchBody([page("501", [4])]));

    const links = await createTestHubSpot().hubspot.readLinks("contact", "company", ["501", "502"]);

    expect(links.get("501")?.map(({ toId }) => toId)).toEqual(["1", "2", "3", "4"]);
    expect(links.get("502")?.map(({ toId }) => toId)).toEqual(["9"]);
  });

  it("asks for 1,000 records at a time", async () => {
    const sizes: number[] = [];
    hubspotAnswers()
      .post(PATH)
      .times(2)
      .reply(200, async (request: Request) => {
        const { inputs } = await parseRequest(Inputs, request);
        sizes.push(inputs.length);
        return batchBody([]);
      });

    const links = await createTestHubSpot().hubspot.readLinks(
      "contact",
      "company",
      Array.from({ length: 1_200 }, (_, index) => String(index + 1)),
    );

    expect(sizes.sort((a, b) => a - b)).toEqual([200, 1_000]);
    expect(links.size).toBe(0);
  });
});
