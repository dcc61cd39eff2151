import type { Client } from "./create-client.ts";
import { readTasks } from "./read-tasks.ts";
import { addKeyLine } from "./task-key.ts";

/** Gives a function that adds to a new body of a task the key that stands in the body it has, where one does. */
export async function readKeyLines(
  client: Client,
  taskIds: readonly string[],
): Promise<(taskId: string, body: string) => string> {
  const { found } = await readTasks(client, taskIds);
  const keys = new Map(found.map(({ taskId, key, hasKeyLine }) => [taskId, hasKeyLine ? key : null]));
  return (taskId, body) => {
    const key = keys.get(taskId) ?? null;
    return key === null ? body : addKeyLine(body, key);
  };
}
