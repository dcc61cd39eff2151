import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { HubSpotRefused } from "../../src/pipeline/hubspot-errors.ts";
import { batchBody, hubspotAnswers, notFoundBody, parseRequest, recordBody, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot, rejectionOf } from "./test-hubspot.ts";

const PATH = "/crm/v3/objects/companies/batch/update";
const Inputs = z.object({
  inputs: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string()) })),
});
const CORRELATION = { "x-hubspot-correlation-id": "c5bd3681-69d3-4361-966b-22ff690f75bb" };
const validationBody = {
  status: "error",
  message: 'Property values were not valid: [{"isValid":false,"error":"INVALID_OPTION"}]',
  correlationId: "a996e7d6-de07-46ef-bddc-897126eb8859",
  category: "VALIDATION_ERROR",
};

useNock();

describe("updateCompanies", () => {
  it("writes values as they are given", async () => {
    hubspotAnswers()
      .post(PATH, { inputs: [{ id: "501", properties: { chs_health_score: "72", chs_health_band: "" } }] })
      .reply(200, batchBody([recordBody("501")]));

    const outcome = await createTestHubSpot().hubspot.updateCompanies([
      { id: "501", properties: { chs_health_score: "72", chs_health_band: "" } },
    ]);

    expect(outcome).toEqual({ updated: ["501"], refused: [], later: [] });
  });

  it("makes one row of two for the same company, which HubSpot would refuse", async () => {
    hubspotAnswers()
      .post(PATH, { inputs: [{ id: "501", properties: { a: "2", b: "1" } }] })
      .reply(200, batchBody([recordBody("501")]));

    await createTestHubSpot().hubspot.updateCompanies([
      { id: "501", properties: { a: "1", b: "1" } },
      { id: "501", properties: { a: "2" } },
    ]);
  });

  it("takes a 207 apart", async () => {
    hubspotAnswers()
      .post(PATH)
      .reply(207, batchBody([recordBody("501")], [notFoundBody(["502"])]), CORRELATION);

    const outcome = await createTestHubSpot().hubspot.updateCompanies([
      { id: "501", properties: { a: "1" } },
      { id: "502", properties: { a: "1" } },
    ]);

    expect(outcome.updated).toEqual(["501"]);
    expect(outcome.refused).toEqual([
      {
        id: "502",
        message: expect.stringContaining("OBJECT_NOT_FOUND"),
        correlationId: CORRELATION["x-hubspot-correlation-id"],
      },
    ]);
  });

  it("sends rows again that HubSpot could not write now, and them alone", async () => {
    const bodies: string[][] = [];
    const trouble = (ids: string[]) => ({
      status: "error",
      message: "later",
      category: "INTERNAL_ERROR",
      context: { ids },
    });
    const answers = [
      batchBody([recordBody("501")], [trouble(["502", "503"]), notFoundBody(["504"])]),
      batchBody([recordBody("503")], [trouble(["502"])]),
      batchBody([recordBody("502")]),
    ];
    hubspotAnswers()
      .post(PATH)
      .times(3)
      .reply(async (request: Request) => {
        const { inputs } = await parseRequest(Inputs, request);
        return [bodies.push(inputs.map(({ id }) => id)) < 3 ? 207 : 200, answers[bodies.length - 1]];
      });

    const { hubspot } = createTestHubSpot();
    const outcome = await hubspot.updateCompanies(
      ["501", "502", "503", "504"].map((id) => ({ id, properties: { a: "1" } })),
    );

    expect(bodies).toEqual([["501", "502", "503", "504"], ["502", "503"], ["502"]]);
    expect(outcome.updated.toSorted()).toEqual(["501", "502", "503"]);
    expect(outcome.refused.map(({ id }) => id)).toEqual(["504"]);
  });

  it("leaves a row for later that cannot be written try after try, and tells what was written", async () => {
    const trouble = { status: "error", message: "later", category: "TIMEOUT", context: { ids: ["501"] } };
    hubspotAnswers()
      .post(PATH)
      .reply(207, batchBody([recordBody("502")], [trouble]))
      .post(PATH)
      .times(2)
      .reply(207, batchBody([], [trouble]));
    const rows = ["501", "502"].map((id) => ({ id, properties: { a: "1" } }));
    const outcome = await createTestHubSpot().hubspot.updateCompanies(rows);
    expect(outcome).toEqual({ updated: ["502"], refused: [], later: ["501"] });
  });

  it("counts an unnamed error of a 207 to the rows without an answer", async () => {
    hubspotAnswers()
      .post(PATH)
      .reply(207, batchBody([recordBody("501")], [{ status: "error", message: "no", category: "VALIDATION_ERROR" }]));

    const outcome = await createTestHubSpot().hubspot.updateCompanies([
      { id: "501", properties: { a: "1" } },
      { id: "502", properties: { a: "1" } },
    ]);

    expect(outcome.updated).toEqual(["501"]);
    expect(outcome.refused.map(({ id }) => id)).toEqual(["502"]);
  });

  it("halves a refused batch until the bad rows stand alone, and writes all others", async () => {
    const bad = new Set(["13", "77"]);
    const written: string[] = [];
    let calls = 0;
    hubspotAnswers()
      .post(PATH)
      .optionally()
      .times(1_000)
      .reply(async (request: Request) => {
        calls += 1;
        const { inputs } = await parseRequest(Inputs, request);
        if (inputs.some(({ id }) => bad.has(id))) return [400, validationBody];
        written.push(...inputs.map(({ id }) => id));
        return [200, batchBody(inputs.map(({ id }) => recordBody(id)))];
      });
    const ids = Array.from({ length: 100 }, (_, index) => String(index + 1));

    const { updated, refused } = await createTestHubSpot().hubspot.updateCompanies(
      ids.map((id) => ({ id, properties: { a: "1" } })),
    );

    const good = ids.filter((id) => !bad.has(id));
    expect(written.sort()).toEqual([...good].sort());
    expect(updated.sort()).toEqual([...good].sort());
    expect(refused).toEqual(
      [...bad].map((id) => ({
        id,
        message: expect.stringContaining("VALIDATION_ERROR"),
        correlationId: validationBody.correlationId,
      })),
    );
    expect(calls).toBeLessThan(30);
  });

  it("does not halve what is refused for another reason than a row", async () => {
    hubspotAnswers().post(PATH).reply(413, "too large");

    const error = await rejectionOf(
      createTestHubSpot().hubspot.updateCompanies([
        { id: "1", properties: {} },
        { id: "2", properties: {} },
      ]),
    );

    expect(error).toBeInstanceOf(HubSpotRefused);
  });

  it("writes again when HubSpot was unavailable, for a value may be written twice", async () => {
    hubspotAnswers()
      .post(PATH)
      .reply(502, "<html>Bad gateway</html>", { "content-type": "text/html" })
      .post(PATH)
      .reply(200, batchBody([recordBody("1")]));
    const { hubspot, waitedMs } = createTestHubSpot();

    await expect(hubspot.updateCompanies([{ id: "1", properties: { a: "1" } }])).resolves.toEqual({
      updated: ["1"],
      refused: [],
      later: [],
    });
    expect(waitedMs).toEqual([500]);
  });
});
