import { describe, expect, it } from "@jest/globals";
import { HubSpotForbidden, HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import { batchBody, hubspotAnswers, parseRequest, recordBody, useNock } from "./nock-hubspot.ts";
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
      notMade: [],
      unclear: [],
    });
  });

  it.each([
    ["INTERNAL_ERROR", { unclear: ["b"], notMade: [] }],
    ["TIMEOUT", { unclear: ["b"], notMade: [] }],
    ["SERVICE_UNAVAILABLE", { unclear: ["b"], notMade: [] }],
    ["RATE_LIMIT", { unclear: [], notMade: ["b"] }],
    ["RATE_LIMITS", { unclear: [], notMade: ["b"] }],
  ])(
    "knows that a row was not made only from a limit, beside one that it will not make: %s",
    async (category, told) => {
      const failed = (name: string, index: number) => ({
        status: "error",
        category: name,
        message: "no",
        context: { objectWriteTraceId: [String(index)] },
      });
      portalWithKeyProperty()
        .post(CREATE_PATH)
        .reply(
          207,
          batchBody([recordBody("9001", { chs_key: "a" })], [failed(category, 1), failed("VALIDATION_ERROR", 2)]),
        );
      const outcome = await createTestHubSpot().hubspot.createTasks(["a", "b", "c"].map((key) => ({ ...task, key })));
      expect(outcome).toMatchObject({ created: [{ key: "a" }], refused: [{ key: "c" }], ...told });
    },
  );

  it.each([409, 413, 422])(
    "takes a %s for a refusal of all tasks of its call, of which none was made",
    async (status) => {
      portalWithKeyProperty().post(CREATE_PATH).once().reply(status, { message: "no", category: "CONFLICT" });
      const outcome = await createTestHubSpot().hubspot.createTasks(["a", "b"].map((key) => ({ ...task, key })));
      expect(outcome).toMatchObject({ created: [], notMade: [], unclear: [] });
      expect(outcome.refused.map(({ key }) => key)).toEqual(["a", "b"]);
    },
  );

  it("throws that the app lacks a scope where nothing was made, and otherwise tells what was", async () => {
    const { hubspot } = createTestHubSpot();
    const tasks = ["a", "bad"].map((key) => ({ ...task, key }));
    portalWithKeyProperty().post(CREATE_PATH).once().reply(403, { message: "scope", category: "MISSING_SCOPES" });
    expect(await rejectionOf(hubspot.createTasks(tasks))).toBeInstanceOf(HubSpotForbidden);

    hubspotAnswers()
      .post(CREATE_PATH)
      .reply(400, { message: "bad owner", category: "VALIDATION_ERROR" })
      .post(CREATE_PATH)
      .reply(201, batchBody([recordBody("9001", { chs_key: "a" })]))
      .post(CREATE_PATH)
      .reply(403, { message: "scope", category: "MISSING_SCOPES" });
    const outcome = await hubspot.createTasks(tasks);
    expect(outcome).toEqual({ created: [{ key: "a", taskId: "9001" }], refused: [], notMade: ["bad"], unclear: [] });
  });

  it.each([
    ["a 423", 423, {}],
    ["a 477", 477, {}],
    ["a 429", 429, { policyName: "TEN_SECONDLY_ROLLING", message: "limit" }],
  ])("knows that nothing was made after %s, and sends it once", async (_name, status, body) => {
    portalWithKeyProperty().post(CREATE_PATH).once().reply(status, body);
    const { hubspot } = createTestHubSpot();
    expect(await hubspot.createTasks([task])).toEqual({ created: [], refused: [], notMade: [task.key], unclear: [] });
  });

  it("tells the hundred that was made when the day ends before the next", async () => {
    const daily = { "x-hubspot-ratelimit-daily": "1000", "x-hubspot-ratelimit-daily-remaining": "5" };
    portalWithKeyProperty()
      .post(CREATE_PATH)
      .once()
      .reply(async (request: Request) => {
        const { inputs } = await parseRequest(TaskInputs, request);
        const made = inputs.map(({ properties }, index) =>
          recordBody(`9${index}`, { chs_key: properties["chs_key"] ?? "" }),
        );
        return [201, batchBody(made), daily];
      });
    const tasks = Array.from({ length: 101 }, (_, index) => ({ ...task, key: `k${index}` }));
    const outcome = await createTestHubSpot().hubspot.createTasks(tasks);
    expect(outcome.created).toHaveLength(100);
    expect(outcome.notMade).toEqual(["k100"]);
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
    await expect(hubspot.createTasks([])).resolves.toEqual({ created: [], refused: [], notMade: [], unclear: [] });

    portalWithKeyProperty()
      .post(CREATE_PATH)
      .reply(201, async (request: Request) => {
        expect((await parseRequest(TaskInputs, request)).inputs).toHaveLength(1);
        return batchBody([recordBody("9001", { chs_key: task.key })]);
      });
    await expect(hubspot.createTasks([task, task])).resolves.toMatchObject({ created: [{ taskId: "9001" }] });
  });
});
