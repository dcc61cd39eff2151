import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";

const objectTypeIds = { ticket: "0-5", invoice: "0-53" } as const;

/** One event as HubSpot sends it: that a person has made or changed a record. */
export function createEvent(
  { portalId, appId }: Pick<Sandbox, "portalId" | "appId">,
  type: keyof typeof objectTypeIds,
  id: string,
  occurredAt: Date,
) {
  return {
    eventId: 1_234_567_890,
    subscriptionId: 3_849_701,
    portalId,
    appId,
    occurredAt: occurredAt.getTime(),
    subscriptionType: "object.creation",
    attemptNumber: 0,
    objectId: Number(id),
    objectTypeId: objectTypeIds[type],
    changeFlag: "CREATED",
    changeSource: "CRM_UI",
    sourceId: "userId:61000101",
  };
}
