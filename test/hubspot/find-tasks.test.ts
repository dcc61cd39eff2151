import { describe, expect, it } from "@jest/globals";
import { batchBody, hubspotAnswers, recordBody, useNock } from "./nock-hubspot.ts";
import { task, bodyHtml } from "./task-portal.ts";
import { createTestHubSpot } from "./test-hubspot.ts";

const READ_PATH = "/crm/v3/objects/tasks/batch/read";
const UPDATE_PATH = "/crm/v3/objects/tasks/batch/update";

useNock();

describe("findTasks", () => {
  it("reads the tasks of the companies and gives those with a key, as they were written", async () => {
    hubspotAnswers()
      .post("/crm/v4/associations/companies/tasks/batch/read", { inputs: [{ id: "501" }] })
      .reply(
        200,
        batchBody([
          {
            from: { id: "501" },
            to: [9001, 9002, 9003].map((toObjectId) => ({
              toObjectId,
              associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 191, label: null }],
            })),
          },
        ]),
      )
      .post(READ_PATH)
      .reply(
        200,
        batchBody([
          recordBody("9001", {
            chs_key: task.key,
            hs_task_status: "NOT_STARTED",
            hs_task_subject: task.subject,
            hs_task_body: bodyHtml,
            hs_timestamp: "2026-11-24T11:00:00Z",
            hubspot_owner_id: "77",
          }),
          recordBody("9002", { hs_task_status: "COMPLETED", hs_task_body: `${bodyHtml}<br>ref: old`, chs_key: null }),
          recordBody("9003", { hs_task_subject: "Ring dem", hs_task_body: "see href: 7" }),
        ]),
      );

    const tasks = await createTestHubSpot().hubspot.findTasks(["501"]);

    expect(tasks).toEqual([
      expect.objectContaining({
        taskId: "9001",
        key: task.key,
        status: "NOT_STARTED",
        subject: task.subject,
        body: task.body,
        dueAt: task.dueAt,
        ownerId: "77",
      }),
      expect.objectContaining({
        taskId: "9002",
        key: "old",
        status: "COMPLETED",
        body: task.body,
        ownerId: null,
        dueAt: null,
      }),
    ]);
  });

  it("takes a status that it does not know for one that a person set", async () => {
    hubspotAnswers()
      .post(READ_PATH)
      .reply(200, batchBody([recordBody("9001", { chs_key: "a", hs_task_status: "PAUSED" })]));

    const { found } = await createTestHubSpot().hubspot.readTasks(["9001"]);

    expect(found[0]?.status).not.toBe("NOT_STARTED");
  });
});

describe("closeTasks", () => {
  it("completes tasks, and keeps a key that stands in the body", async () => {
    hubspotAnswers()
      .post(READ_PATH)
      .reply(
        200,
        batchBody([
          recordBody("9001", { chs_key: "a", hs_task_body: "x" }),
          recordBody("9002", { hs_task_body: "x<br>ref: b" }),
        ]),
      )
      .post(UPDATE_PATH, {
        inputs: [
          { id: "9001", properties: { hs_task_status: "COMPLETED", hs_task_body: "Frisk igjen" } },
          { id: "9002", properties: { hs_task_status: "COMPLETED", hs_task_body: "Frisk igjen<br>ref: b" } },
        ],
      })
      .reply(200, batchBody([recordBody("9001"), recordBody("9002")]));

    const outcome = await createTestHubSpot().hubspot.closeTasks([
      { taskId: "9001", body: "Frisk igjen" },
      { taskId: "9002", body: "Frisk igjen" },
    ]);

    expect(outcome).toEqual({ updated: ["9001", "9002"], refused: [], later: [] });
  });
});
