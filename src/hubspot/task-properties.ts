import type { NewTask } from "../pipeline/hubspot-port.ts";
import { toTaskBody } from "./task-body.ts";

/** What a task says, as HubSpot's properties, with a body of plain lines; all but its owner, status and key. */
export function taskPropertiesOf({ dueAt, subject, priority, type }: NewTask, body: string): Record<string, string> {
  return {
    hs_timestamp: dueAt.toISOString(),
    hs_task_subject: subject,
    hs_task_body: toTaskBody(body),
    hs_task_priority: priority,
    hs_task_type: type,
  };
}
