import { type ObjectType, objectTypes } from "./object-types.ts";

export type PipelineStage = {
  id: string;
  label: string;
  displayOrder: number;
  metadata: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  writePermissions: string;
  archived: boolean;
};

export type Pipeline = {
  id: string;
  label: string;
  displayOrder: number;
  stages: PipelineStage[];
  createdAt: string;
  updatedAt: string;
  archived: boolean;
};

/** HubSpot dates its own pipelines to the epoch. */
const EPOCH = "1970-01-01T00:00:00Z";

/** Stages as [id, label, metadata]; metadata values are strings, `isClosed` too. */
function pipeline(
  id: string,
  label: string,
  displayOrder: number,
  stages: [string, string, Record<string, string>][],
): Pipeline {
  const dated = { createdAt: EPOCH, updatedAt: EPOCH, archived: false };
  return {
    id,
    label,
    displayOrder,
    ...dated,
    stages: stages.map(([stageId, stageLabel, metadata], stageOrder) => ({
      id: stageId,
      label: stageLabel,
      displayOrder: stageOrder,
      metadata,
      writePermissions: "CRM_PERMISSIONS_ENFORCEMENT",
      ...dated,
    })),
  };
}

const open = { ticketState: "OPEN", isClosed: "false" };
const closed = { ticketState: "CLOSED", isClosed: "true" };
const chance = (probability: string, isClosed = "false") => ({ isClosed, probability });

const ticketPipelines = [
  pipeline("0", "Support Pipeline", 0, [
    ["1", "New", open],
    ["2", "Waiting on contact", open],
    ["3", "Waiting on us", open],
    ["4", "Closed", closed],
  ]),
  pipeline("84512077", "Onboarding", 1, [
    ["160398211", "Planned", open],
    ["160398212", "In progress", open],
    ["160398213", "Done", closed],
  ]),
];

const dealPipelines = [
  pipeline("default", "Sales Pipeline", 0, [
    ["appointmentscheduled", "Appointment Scheduled", chance("0.2")],
    ["qualifiedtobuy", "Qualified To Buy", chance("0.4")],
    ["presentationscheduled", "Presentation Scheduled", chance("0.6")],
    ["decisionmakerboughtin", "Decision Maker Bought-In", chance("0.8")],
    ["contractsent", "Contract Sent", chance("0.9")],
    ["closedwon", "Closed Won", chance("1.0", "true")],
    ["closedlost", "Closed Lost", chance("0.0", "true")],
  ]),
];

const pipelinesByType = new Map<string, Pipeline[]>([
  [objectTypes.ticket.id, ticketPipelines],
  [objectTypes.deal.id, dealPipelines],
]);

/** The pipelines of a type of object, or undefined for a type that has none. */
export function pipelinesOf(type: ObjectType): readonly Pipeline[] | undefined {
  return pipelinesByType.get(type.id);
}

export function findStage(type: ObjectType, stageId: string): PipelineStage | undefined {
  return pipelinesOf(type)
    ?.flatMap((candidate) => candidate.stages)
    .find((stage) => stage.id === stageId);
}
