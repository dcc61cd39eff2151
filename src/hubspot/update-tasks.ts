import type { TaskUpdate, UpdateOutcome } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { readKeyLines } from "./read-key-lines.ts";
import { taskPropertiesOf } from "./task-properties.ts";
import { updateRecords } from "./update-records.ts";

/** Writes tasks anew. A key that stands in the body is kept there, and so the tasks are read first. */
export async function updateTasks(client: Client, updates: readonly TaskUpdate[]): Promise<UpdateOutcome> {
  const withKey = await readKeyLines(
    client,
    updates.map(({ taskId }) => taskId),
  );
  const rows = updates.map(({ taskId, task }) => ({
    id: taskId,
    // The empty text clears an owner.
    properties: { ...taskPropertiesOf(task, withKey(taskId, task.body)), hubspot_owner_id: task.ownerId ?? "" },
  }));
  return updateRecords(client, "task", rows);
}
