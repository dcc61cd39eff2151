import type { TaskClosing, UpdateOutcome } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { readTasks } from "./read-tasks.ts";
import { toTaskBody } from "./task-body.ts";
import { addKeyLine } from "./task-key.ts";
import { updateRecords } from "./update-records.ts";

/** Completes tasks with a new body. A key that stands in the body is kept there, and so the tasks are read first. */
export async function closeTasks(client: Client, closings: readonly TaskClosing[]): Promise<UpdateOutcome> {
  const { found } = await readTasks(
    client,
    closings.map(({ taskId }) => taskId),
  );
  const keyLines = new Map(found.map(({ taskId, key, hasKeyLine }) => [taskId, hasKeyLine ? key : null]));

  const updates = closings.map(({ taskId, body }) => {
    const key = keyLines.get(taskId) ?? null;
    const text = key === null ? body : addKeyLine(body, key);
    return { id: taskId, properties: { hs_task_status: "COMPLETED", hs_task_body: toTaskBody(text) } };
  });
  return updateRecords(client, "task", updates);
}
