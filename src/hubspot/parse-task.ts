import { z } from "zod";
import { TASK_KEY_PROPERTY, type FoundTask, type PortalRecord } from "../pipeline/hubspot-port.ts";
import { fromTaskBody } from "./task-body.ts";
import { takeKeyLine } from "./task-key.ts";

export const TASK_PROPERTIES = [
  TASK_KEY_PROPERTY,
  "hs_task_status",
  "hs_task_subject",
  "hs_task_body",
  "hs_timestamp",
  "hubspot_owner_id",
];

/** A status of a later HubSpot was set by a person, and so it must not look like one of ours. */
const Status = z.enum(["NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "DEFERRED"]).catch("IN_PROGRESS");

/** A task, and whether its key stands in its body. The body is given as plain lines without the key's. */
export function parseTask({ id, properties }: PortalRecord): FoundTask & { hasKeyLine: boolean } {
  const read = (name: string) => (properties[name] === "" ? null : (properties[name] ?? null));
  const text = fromTaskBody(read("hs_task_body") ?? "");
  const keyProperty = read(TASK_KEY_PROPERTY);
  const { key, body } = keyProperty === null ? takeKeyLine(text) : { key: keyProperty, body: text };
  const dueAt = read("hs_timestamp");
  return {
    taskId: id,
    key,
    hasKeyLine: keyProperty === null && key !== null,
    status: Status.parse(read("hs_task_status")),
    subject: read("hs_task_subject") ?? "",
    body,
    ownerId: read("hubspot_owner_id"),
    dueAt: dueAt === null ? null : new Date(dueAt),
  };
}
