import type { TaskOwners } from "../scoring/decision.ts";
import { stageKey } from "../scoring/moment.ts";
import type { HubSpotPort } from "./hubspot-port.ts";

/** The portal's settings that scores and tasks depend on. They change seldom, so each sweep reads them anew. */
export type PortalFacts = { closedStages: ReadonlySet<string>; owners: TaskOwners };

export type PortalKnowledge = {
  /** What was read last; read from HubSpot at the first time of asking. */
  facts(): Promise<PortalFacts>;
  renew(): Promise<PortalFacts>;
};

export function createPortalKnowledge(hubspot: HubSpotPort): PortalKnowledge {
  let known: Promise<PortalFacts> | null = null;

  function renew(): Promise<PortalFacts> {
    const reading = readPortalFacts(hubspot);
    // A failed reading must not be kept: the next one to ask tries again.
    reading.catch(() => {
      if (known === reading) known = null;
    });
    known = reading;
    return reading;
  }

  return { facts: () => known ?? renew(), renew };
}

async function readPortalFacts(hubspot: HubSpotPort): Promise<PortalFacts> {
  const [stages, owners] = [await hubspot.readTicketStages(), await hubspot.readOwners()];
  const active = owners.filter(({ archived }) => !archived);
  return {
    closedStages: new Set(
      stages.filter(({ closed }) => closed).map((stage) => stageKey(stage.pipelineId, stage.stageId)),
    ),
    owners: {
      active: new Set(active.map(({ id }) => id)),
      idByEmail: new Map(active.map(({ id, email }) => [email.toLowerCase(), id])),
    },
  };
}
