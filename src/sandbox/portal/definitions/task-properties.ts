import { choice, ownerProperty, readOnly, standard } from "../property-definition.ts";

export const taskProperties = [
  ...standard("datetime", "hs_timestamp", "hs_task_reminders"),
  ...standard("string", "hs_task_subject", "hs_task_body", "hs_queue_membership_ids"),
  choice("hs_task_status", "NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "DEFERRED"),
  choice("hs_task_priority", "NONE", "LOW", "MEDIUM", "HIGH"),
  choice("hs_task_type", "TODO", "CALL", "EMAIL"),
  ...readOnly("datetime", "hs_task_completion_date"),
  ownerProperty(),
];
