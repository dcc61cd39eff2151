import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import { batchBody, hubspotAnswers, notFoundBody, parseRequest, recordBody, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot, rejectionOf } from "./test-hubspot.ts";

const Inputs = z.object({ inputs: z.array(z.object({ id: z.string() })) });
const PATH = "/crm/v3/objects/companies/batch/read";

useNock();

describe("readRecords", () => {
  it("asks for each id once, and gives values as HubSpot wrote them", async () => {
    hubspotAnswers()
      .post(PATH, {
        inputs: [{ id: "501" }, { id: "502" }],
        properties: ["name", "churned_at"],
        propertiesWithHistory: [],
      })
      .reply(200, batchBody([recordBody("502"), recordBody("501", { name: "Fjordkraft", churned_at: null })]));

    const { found, missing } = await createTestHubSpot().hubspot.readRecords(
      "company",
      ["501", "502", "501"],
      ["name", "churned_at"],
    );

    expect(missing).toEqual([]);
    expect(found).toContainEqual({
      id: "501",
      properties: { hs_object_id: "501", name: "Fjordkraft", churned_at: null },
      modifiedAt: new Date("2025-11-04T12:06:46.802Z"),
    });
  });

  it("cuts 250 ids into three calls", async () => {
    const sizes: number[] = [];
    hubspotAnswers()
      .post(PATH)
      .times(3)
      .reply(200, async (request: Request) => {
        const { inputs } = await parseRequest(Inputs, request);
        sizes.push(inputs.length);
        return batchBody(inputs.map(({ id }) => recordBody(id)));
      });
    const ids = Array.from({ length: 250 }, (_, index) => String(9_000_000_000 + index));

    const { found } = await createTestHubSpot().hubspot.readRecords("company", ids, []);

    expect(sizes.sort()).toEqual([100, 100, 50]);
    expect(found.map(({ id }) => id)).toEqual(ids);
  });

  it("tells ids that HubSpot does not show, and the survivor of a merge under its own id", async () => {
    hubspotAnswers()
      .post(PATH)
      .reply(207, batchBody([recordBody("700", { hs_merged_object_ids: "501;502" })], [notFoundBody(["503"])]));

    const { found, missing } = await createTestHubSpot().hubspot.readRecords("company", ["501", "502", "503"], []);

    expect(found.map(({ id }) => id)).toEqual(["700"]);
    expect(missing).toEqual(["501", "502", "503"]);
  });

  it("does not call a row missing that failed for another reason", async () => {
    hubspotAnswers()
      .post(PATH)
      .times(1)
      .reply(
        207,
        batchBody(
          [],
          [{ status: "error", category: "INTERNAL_ERROR", message: "internal", context: { ids: ["501"] } }],
        ),
      );

    const error = await rejectionOf(createTestHubSpot().hubspot.readRecords("company", ["501"], []));

    expect(error).toBeInstanceOf(HubSpotUnavailable);
  });

  it("makes no call for no ids", async () => {
    await expect(createTestHubSpot().hubspot.readRecords("ticket", [], ["subject"])).resolves.toEqual({
      found: [],
      missing: [],
    });
  });
});
