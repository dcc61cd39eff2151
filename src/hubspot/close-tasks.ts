import type { TaskClosing, UpdateOutcome } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { readKeyLines } from "./read-key-lines.ts";
import { toTaskBody } from "./task-body.ts";
import { updateRecords } from "./update-records.ts";

/** Completes tasks with a new body. A key that stands in the body is kept there, and so the tasks are read first. */
export async function closeTasks(client: Client, closings: readonly TaskClosing[]): Promise<UpdateOutcome> {
  const withKey = await readKeyLines(
    client,
    closings.map(({ taskId }) => taskId),
  );
  const updates = closings.map(({ taskId, body }) => ({
    id: taskId,
    properties: { hs_task_status: "COMPLETED", hs_task_body: toTaskBody(withKey(taskId, body)) },
  }));
  return updateRecords(client, "task", updates);
}
