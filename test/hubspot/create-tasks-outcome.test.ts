import { describe, expect, it } from "@jest/globals";
import { HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import { batchBody, parseRequest, recordBody, useNock } from "./nock-hubspot.ts";
import { CREATE_PATH, task, TaskInputs, portalWithKeyProperty } from "./task-portal.ts";
import { createTestHubSpot, rejectionOf } from "./test-hubspot.ts";

useNock();

describe("createTasks, by its answers", () => {
  it("tells results in any order apart by their keys, and errors by their trace ids", async () => {
    portalWithKeyProperty()
      .post(CREATE_PATH)
      .reply(
        207,
        batchBody(
          [recordBody("9003", { chs_key: "c" }), recordBody("9001", { chs_key: "a" })],
          [
            {
              status: "error",
              category: "VALIDATION_ERROR",
              message: "Owner 77 is deactivated",
              context: { objectWriteTraceId: ["1"] },
            },
          ],
        ),
      );

    const outcome = await createTestHubSpot().hubspot.createTasks(
      ["a", "b", "c"].map((key) => ({ ...task, key, companyId: `50${key}` })),
    );

    expect(outcome).toEqual({
      created: [
        { key: "a", taskId: "9001" },
        { key: "c", taskId: "9003" },
      ],
      refused: [{ key: "b", id: "50b", message: "VALIDATION_ERROR: Owner 77 is deactivated", correlationId: null }],
    });
  });

  it("finds the one bad task of a refused batch, of which nothing was made", async () => {
    const made: string[] = [];
    portalWithKeyProperty()
      .post(CREATE_PATH)
      .optionally()
      .times(100)
      .reply(async (request: Request) => {
        const { inputs } = await parseRequest(TaskInputs, request);
        const keys = inputs.map(({ properties }) => properties["chs_key"] ?? "");
        if (keys.includes("bad")) return [400, { message: "bad owner", category: "VALIDATION_ERROR" }];
        made.push(...keys);
        return [201, batchBody(keys.map((key) => recordBody(`9${made.length}`, { chs_key: key })))];
      });

    const outcome = await createTestHubSpot().hubspot.createTasks(
      ["a", "b", "bad", "c", "d"].map((key) => ({ ...task, key })),
    );

    expect(made).toEqual(["a", "b", "c", "d"]);
    expect(outcome.refused.map(({ key }) => key)).toEqual(["bad"]);
  });

  it.each([
    ["a 502", { status: 502, body: "<html></html>" }],
    ["a 429", { status: 429, body: '{"policyName":"TEN_SECONDLY_ROLLING","message":"limit"}' }],
    ["an answer that cannot be read", { status: 201, body: "<html>maintenance</html>" }],
    ["an answer with a task that cannot be read", { status: 201, body: JSON.stringify(batchBody([null])) }],
    ["an answer that forgets a task", { status: 201, body: JSON.stringify(batchBody([])) }],
  ])("never sends a creation twice: %s", async (_name, { status, body }) => {
    portalWithKeyProperty().post(CREATE_PATH).once().reply(status, body, { "content-type": "application/json" });
    const { hubspot, waitedMs } = createTestHubSpot();

    expect(await rejectionOf(hubspot.createTasks([task]))).toBeInstanceOf(HubSpotUnavailable);
    expect(waitedMs).toEqual([]);
  });

  it("never sends a creation twice: a lost connection, after which nobody knows", async () => {
    portalWithKeyProperty()
      .post(CREATE_PATH)
      .once()
      .replyWithError(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));

    const error = await rejectionOf(createTestHubSpot().hubspot.createTasks([task]));

    expect(error).toMatchObject({ name: "HubSpotUnavailable", status: null });
  });

  it("makes one task of a key that is given twice, and no call for none", async () => {
    const { hubspot } = createTestHubSpot();
    await expect(hubspot.createTasks([])).resolves.toEqual({ created: [], refused: [] });

    portalWithKeyProperty()
      .post(CREATE_PATH)
      .reply(201, async (request: Request) => {
        expect((await parseRequest(TaskInputs, request)).inputs).toHaveLength(1);
        return batchBody([recordBody("9001", { chs_key: task.key })]);
      });
    await expect(hubspot.createTasks([task, task])).resolves.toMatchObject({ created: [{ taskId: "9001" }] });
  });
});
