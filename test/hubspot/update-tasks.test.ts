import { describe, expect, it } from "@jest/globals";
import { batchBody, hubspotAnswers, notFoundBody, recordBody, useNock } from "./nock-hubspot.ts";
import { bodyHtml, task } from "./task-portal.ts";
import { createTestHubSpot } from "./test-hubspot.ts";

const READ_PATH = "/crm/v3/objects/tasks/batch/read";
const UPDATE_PATH = "/crm/v3/objects/tasks/batch/update";

useNock();

describe("updateTasks", () => {
  const properties = {
    hs_timestamp: "2026-11-24T11:00:00.000Z",
    hs_task_subject: task.subject,
    hs_task_priority: "HIGH",
    hs_task_type: "CALL",
  };

  it("writes all but status and company, keeps a key that stands in the body, and clears an owner", async () => {
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
          { id: "9001", properties: { ...properties, hs_task_body: bodyHtml, hubspot_owner_id: "77" } },
          { id: "9002", properties: { ...properties, hs_task_body: `${bodyHtml}<br>ref: b`, hubspot_owner_id: "" } },
        ],
      })
      .reply(200, batchBody([recordBody("9001"), recordBody("9002")]));

    const outcome = await createTestHubSpot().hubspot.updateTasks([
      { taskId: "9001", task },
      { taskId: "9002", task: { ...task, ownerId: null } },
    ]);

    expect(outcome).toEqual({ updated: ["9001", "9002"], refused: [], later: [] });
  });

  it("returns a row that HubSpot refuses", async () => {
    hubspotAnswers()
      .post(READ_PATH)
      .reply(200, batchBody([recordBody("9001", { chs_key: "a" })]))
      .post(UPDATE_PATH)
      .reply(207, batchBody([recordBody("9001")], [notFoundBody(["9002"])]));

    const { updated, refused } = await createTestHubSpot().hubspot.updateTasks([
      { taskId: "9001", task },
      { taskId: "9002", task },
    ]);

    expect(updated).toEqual(["9001"]);
    expect(refused.map(({ id }) => id)).toEqual(["9002"]);
  });
});
