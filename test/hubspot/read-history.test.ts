import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { HubSpotRefused } from "../../src/pipeline/hubspot-errors.ts";
import { batchBody, hubspotAnswers, notFoundBody, parseRequest, recordBody, useNock } from "./nock-hubspot.ts";
import { createTestHubSpot, rejectionOf } from "./test-hubspot.ts";

const Inputs = z.object({ inputs: z.array(z.object({ id: z.string() })) });
const PATH = "/crm/v3/objects/companies/batch/read";
const version = (value: string, timestamp: string) => ({
  value,
  timestamp,
  sourceType: "CRM_UI",
  sourceId: "userId:1",
});

useNock();

describe("readHistory", () => {
  it("gives what each property was, oldest first, a cleared value as null and an unknown property as nothing", async () => {
    hubspotAnswers()
      .post(PATH, { inputs: [{ id: "501" }], properties: [], propertiesWithHistory: ["plan", "seats", "typo"] })
      .reply(
        200,
        batchBody([
          {
            ...recordBody("501"),
            propertiesWithHistory: {
              plan: [
                version("pro", "2026-09-03T10:00:00Z"),
                version("", "2026-09-02T10:00:00Z"),
                version("basic", "2026-09-01T10:00:00Z"),
              ],
              seats: [],
            },
          },
        ]),
      );

    const histories = await createTestHubSpot().hubspot.readHistory(
      "company",
      ["501", "501"],
      ["plan", "seats", "typo"],
    );

    const plan = [
      { at: new Date("2026-09-01T10:00:00Z"), value: "basic" },
      { at: new Date("2026-09-02T10:00:00Z"), value: null },
      { at: new Date("2026-09-03T10:00:00Z"), value: "pro" },
    ];
    expect([...histories]).toEqual([["501", { plan, seats: [], typo: [] }]]);
  });

  it("lets the value stand that HubSpot names first of two of one instant", async () => {
    const at = "2026-09-01T10:00:00Z";
    const propertiesWithHistory = { plan: [version("second", at), version("first", at)] };
    hubspotAnswers()
      .post(PATH)
      .reply(200, batchBody([{ ...recordBody("501"), propertiesWithHistory }]));

    const histories = await createTestHubSpot().hubspot.readHistory("company", ["501"], ["plan"]);

    expect(histories.get("501")?.["plan"]?.map(({ value }) => value)).toEqual(["first", "second"]);
  });

  it("cuts 120 ids into calls of 50, and leaves out those that are not there", async () => {
    const sizes: number[] = [];
    hubspotAnswers()
      .post(PATH)
      .times(3)
      .reply(207, async (request: Request) => {
        const { inputs } = await parseRequest(Inputs, request);
        sizes.push(inputs.length);
        const found = inputs.filter(({ id }) => id !== "9000000000");
        return batchBody(
          found.map(({ id }) => recordBody(id)),
          [notFoundBody(["9000000000"])],
        );
      });
    const ids = Array.from({ length: 120 }, (_, index) => String(9_000_000_000 + index));

    const histories = await createTestHubSpot().hubspot.readHistory("company", ids, ["plan"]);

    expect(sizes.sort()).toEqual([20, 50, 50]);
    expect([...histories.keys()]).toEqual(ids.slice(1));
    expect(histories.get("9000000001")).toEqual({ plan: [] });
  });

  it("refuses a row whose past cannot be read", async () => {
    const propertiesWithHistory = { plan: [{ value: "x", timestamp: "yesterday", sourceType: "API" }] };
    hubspotAnswers()
      .post(PATH)
      .reply(200, batchBody([{ ...recordBody("501"), propertiesWithHistory }]));

    const error = await rejectionOf(createTestHubSpot().hubspot.readHistory("company", ["501"], ["plan"]));

    expect(error).toBeInstanceOf(HubSpotRefused);
  });

  it.each([
    ["no ids", [], ["plan"]],
    ["no properties", ["501"], []],
  ])("makes no call for %s", async (_what, ids, properties) => {
    const histories = await createTestHubSpot().hubspot.readHistory("company", ids, properties);

    expect(histories.size).toBe(0);
  });
});
