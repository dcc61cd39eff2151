import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { HubSpotRefused, HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
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
        properties: ["name", "churned_at", "hs_merged_object_ids"],
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
      mergedIds: [],
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

  const rowError = (category: string) => ({ status: "error", category, message: "no", context: { ids: ["501"] } });
  it.each([
    ["its own doing", HubSpotRefused, [rowError("VALIDATION_ERROR")]],
    ["a reason that HubSpot does not tell", HubSpotRefused, [{ status: "error" }]],
    ["trouble of HubSpot's", HubSpotUnavailable, [rowError("INTERNAL_ERROR")]],
    ["both", HubSpotUnavailable, [rowError("VALIDATION_ERROR"), rowError("INTERNAL_ERROR")]],
  ])("does not call a row missing that failed for %s", async (_reason, kind, errors) => {
    // What passes is asked for again.
    hubspotAnswers()
      .post(PATH)
      .times(kind === HubSpotUnavailable ? 3 : 1)
      .reply(207, batchBody([recordBody("502")], errors));

    const error = await rejectionOf(createTestHubSpot().hubspot.readRecords("company", ["501", "502"], []));

    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ status: 207 });
  });

  it.each([
    ["a record without an instant", { ...recordBody("501"), updatedAt: undefined }],
    ["a record with an instant that is none", { ...recordBody("501"), updatedAt: "yesterday" }],
    ["a value that is no text", { ...recordBody("501"), properties: { name: { private: "kari@example.com" } } }],
    ["null", null],
  ])("refuses a row that cannot be read, asks once and says where: %s", async (_name, row) => {
    hubspotAnswers()
      .post(PATH)
      .once()
      .reply(200, batchBody([recordBody("502"), row]));

    const error = await rejectionOf(createTestHubSpot().hubspot.readRecords("company", ["501", "502"], []));

    expect(error).toBeInstanceOf(HubSpotRefused);
    expect(error).toHaveProperty("message", expect.stringMatching(/results\.1/));
    expect(error).toHaveProperty("message", expect.not.stringContaining("kari@example.com"));
  });

  it("makes no call for no ids", async () => {
    await expect(createTestHubSpot().hubspot.readRecords("ticket", [], ["subject"])).resolves.toEqual({
      found: [],
      missing: [],
    });
  });
});
