import type { FoundTask } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { parseTask, TASK_PROPERTIES } from "./parse-task.ts";
import { readLinks } from "./read-links.ts";
import { readRecords } from "./read-records.ts";

/** Tasks by id, whosesoever they are; a key that stands in the body is told by `hasKeyLine`. */
export async function readTasks(
  client: Client,
  ids: readonly string[],
): Promise<{ found: (FoundTask & { hasKeyLine: boolean })[]; missing: string[] }> {
  const { found, missing } = await readRecords(client, "task", ids, TASK_PROPERTIES);
  return { found: found.map(parseTask), missing };
}

/** The tasks on these companies that carry a key. By association: HubSpot's search lags behind a task just made. */
export async function findTasks(client: Client, companyIds: readonly string[]): Promise<FoundTask[]> {
  const links = await readLinks(client, "company", "task", companyIds);
  const taskIds = [...links.values()].flat().map(({ toId }) => toId);
  const { found } = await readTasks(client, taskIds);
  return found.filter(({ key }) => key !== null);
}
