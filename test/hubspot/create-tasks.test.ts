import { describe, expect, it } from "@jest/globals";
import { batchBody, hubspotAnswers, parseRequest, recordBody, useNock } from "./nock-hubspot.ts";
import {
  KEY_PATH,
  CREATE_PATH,
  keyProperty,
  task,
  bodyHtml,
  TaskInputs,
  portalWithKeyProperty,
  portalWithoutKeyProperty,
} from "./task-portal.ts";
import { createTestHubSpot } from "./test-hubspot.ts";

useNock();

describe("createTasks", () => {
  it("sends the task with its link and its key", async () => {
    portalWithKeyProperty()
      .post(CREATE_PATH, {
        inputs: [
          {
            objectWriteTraceId: "0",
            properties: {
              hs_timestamp: "2026-11-24T11:00:00.000Z",
              hs_task_subject: "Fjordkraft: helse 42",
              hs_task_body: bodyHtml,
              hs_task_status: "NOT_STARTED",
              hs_task_priority: "HIGH",
              hs_task_type: "CALL",
              hubspot_owner_id: "77",
              chs_key: task.key,
            },
            associations: [
              { to: { id: "501" }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 192 }] },
            ],
          },
        ],
      })
      .reply(201, batchBody([recordBody("9001", { chs_key: task.key })]));

    await expect(createTestHubSpot().hubspot.createTasks([task])).resolves.toEqual({
      created: [{ key: task.key, taskId: "9001" }],
      refused: [],
      notMade: [],
      unclear: [],
    });
  });

  it("puts the key into the body of a portal without the property, and asks for that once", async () => {
    const bodies: string[] = [];
    portalWithoutKeyProperty()
      .post(CREATE_PATH)
      .times(2)
      .reply(201, async (request: Request) => {
        const { inputs } = await parseRequest(TaskInputs, request);
        bodies.push(...inputs.map(({ properties }) => properties["hs_task_body"] ?? ""));
        expect(inputs.every(({ properties }) => !("chs_key" in properties))).toBe(true);
        return batchBody(inputs.map(({ properties }, index) => recordBody(String(9_001 + index), properties)));
      });
    const { hubspot } = createTestHubSpot();

    const first = await hubspot.createTasks([{ ...task, key: "a" }]);
    const second = await hubspot.createTasks([{ ...task, key: "b", ownerId: null }]);

    expect(bodies).toEqual([`${bodyHtml}<br>ref: a`, `${bodyHtml}<br>ref: b`]);
    expect([...first.created, ...second.created].map(({ key }) => key)).toEqual(["a", "b"]);
  });

  it("puts the key into the body where the app may not look at the properties of tasks", async () => {
    hubspotAnswers()
      .get(KEY_PATH)
      .reply(403, { message: "no", category: "MISSING_SCOPES" })
      .post(CREATE_PATH, /ref: play-1/)
      .reply(201, batchBody([recordBody("9001", { hs_task_body: `x<br>ref: ${task.key}` })]));

    const { created } = await createTestHubSpot().hubspot.createTasks([task]);

    expect(created).toEqual([{ key: task.key, taskId: "9001" }]);
  });

  it.each([403, 404])(
    "makes no task on a page of %d that is not HubSpot's, and asks for the property again",
    async (status) => {
      hubspotAnswers()
        .get(KEY_PATH)
        .times(status === 403 ? 3 : 1)
        .reply(status, "<html>Access denied</html>")
        .get(KEY_PATH)
        .reply(200, keyProperty)
        .post(CREATE_PATH, /"chs_key":"play-1/)
        .reply(201, batchBody([recordBody("9001", { chs_key: task.key })]));
      const { hubspot } = createTestHubSpot();

      await expect(hubspot.createTasks([task])).rejects.toMatchObject({ status });

      expect((await hubspot.createTasks([task])).created).toEqual([{ key: task.key, taskId: "9001" }]);
    },
  );

  it("puts the key into the body where the property is archived", async () => {
    hubspotAnswers()
      .get(KEY_PATH)
      .reply(200, { ...keyProperty, archived: true })
      .post(CREATE_PATH, /ref: play-1/)
      .reply(201, batchBody([recordBody("9001", { hs_task_body: `x<br>ref: ${task.key}` })]));

    const { created } = await createTestHubSpot().hubspot.createTasks([task]);

    expect(created).toEqual([{ key: task.key, taskId: "9001" }]);
  });

  const message = 'Property "chs_key" does not exist';
  const unknownProperty = { status: "error", category: "VALIDATION_ERROR", message };
  it.each([
    ["alone", 400, unknownProperty],
    ["in a 207", 207, batchBody([], [{ ...unknownProperty, context: { objectWriteTraceId: ["0"] } }])],
  ])("looks for the property again once a task was refused, %s", async (_where, status, body) => {
    portalWithKeyProperty()
      .post(CREATE_PATH, /"chs_key":"a"/)
      .reply(status, body);
    const { hubspot } = createTestHubSpot();

    const { refused } = await hubspot.createTasks([{ ...task, key: "a" }]);
    expect(refused.map(({ key }) => key)).toEqual(["a"]);

    portalWithoutKeyProperty()
      .post(CREATE_PATH, /ref: a/)
      .reply(201, batchBody([recordBody("9001", { hs_task_body: "x<br>ref: a" })]));
    const { created } = await hubspot.createTasks([{ ...task, key: "a" }]);
    expect(created).toEqual([{ key: "a", taskId: "9001" }]);
  });

  it("asks again for the property once it was made", async () => {
    portalWithoutKeyProperty()
      .post(CREATE_PATH)
      .reply(201, batchBody([recordBody("9001", { hs_task_body: "x<br>ref: a" })]))
      .post("/crm/v3/properties/tasks/batch/create")
      .reply(201, { results: [keyProperty] })
      .get(KEY_PATH)
      .reply(200, keyProperty)
      .post(CREATE_PATH, /"chs_key":"b"/)
      .reply(201, batchBody([recordBody("9002", { chs_key: "b" })]));
    const { hubspot } = createTestHubSpot();

    await hubspot.createTasks([{ ...task, key: "a" }]);
    await hubspot.createProperties("task", [
      { name: "chs_key", label: "Key", description: "", groupName: "g", type: "string", fieldType: "text" },
    ]);
    await hubspot.createTasks([{ ...task, key: "b" }]);
  });
});
