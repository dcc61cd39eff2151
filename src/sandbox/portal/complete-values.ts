import type { PropertyValues } from "./check-properties.ts";
import { objectTypes } from "./object-types.ts";
import { findStage } from "./pipelines.ts";
import type { PortalRecord } from "./record-store.ts";

/** What HubSpot fills in when a record is made without it. */
export function defaultValues(typeId: string, values: PropertyValues): PropertyValues {
  switch (typeId) {
    case objectTypes.company.id:
      return {
        hs_pipeline: "companies-lifecycle-pipeline",
        lifecyclestage: "lead",
        ...(values["domain"] ? { website: values["domain"] } : {}),
      };
    case objectTypes.contact.id:
      return { hs_pipeline: "contacts-lifecycle-pipeline", lifecyclestage: "lead" };
    case objectTypes.ticket.id:
      return { hs_pipeline: "0" };
    case objectTypes.deal.id:
      return { pipeline: "default" };
    case objectTypes.task.id:
      return { hs_task_status: "NOT_STARTED", hs_task_type: "TODO", hs_task_priority: "NONE" };
    default:
      return {};
  }
}

/** What HubSpot writes along with these values: closing dates of tickets, deals and tasks. */
export function followingValues(record: PortalRecord, values: PropertyValues, at: number): PropertyValues {
  switch (record.type.id) {
    case objectTypes.ticket.id:
      return followTicket(record, values, at);
    case objectTypes.deal.id:
      return followDeal(record, values);
    case objectTypes.task.id:
      return followTask(values, at);
    default:
      return {};
  }
}

/** `time_to_close` is in milliseconds; a reopened ticket loses its closing date. */
function followTicket(record: PortalRecord, values: PropertyValues, at: number): PropertyValues {
  const stageId = values["hs_pipeline_stage"];
  if (!stageId) return {};
  const isClosed = findStage(record.type, stageId)?.metadata["isClosed"] === "true";
  if (!isClosed) return { closed_date: null, hs_last_closed_date: null, time_to_close: null };
  const already = record.properties["closed_date"];
  const closedDate = values["closed_date"] ?? already ?? new Date(at).toISOString();
  return {
    closed_date: closedDate,
    hs_last_closed_date: closedDate,
    time_to_close: String(Date.parse(closedDate) - record.createdAt),
  };
}

function followDeal(record: PortalRecord, values: PropertyValues): PropertyValues {
  const stageId = values["dealstage"];
  if (!stageId) return {};
  const metadata = findStage(record.type, stageId)?.metadata ?? {};
  const isClosed = metadata["isClosed"] === "true";
  return {
    hs_is_closed: String(isClosed),
    hs_is_closed_won: String(isClosed && metadata["probability"] === "1.0"),
  };
}

function followTask(values: PropertyValues, at: number): PropertyValues {
  const status = values["hs_task_status"];
  if (!status) return {};
  return { hs_task_completion_date: status === "COMPLETED" ? new Date(at).toISOString() : null };
}
