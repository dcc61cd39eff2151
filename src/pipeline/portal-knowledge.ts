import type { TaskOwners } from "../scoring/decision.ts";
import { stageKey } from "../scoring/time/moment.ts";
import { HubSpotUnavailable } from "./hubspot-errors.ts";
import type { HubSpotPort } from "./hubspot-port.ts";
import type { SettingStore } from "./setting-store-port.ts";

/** The portal's settings that scores and tasks depend on. They change seldom, and nothing tells of it. */
export type PortalFacts = { closedStages: ReadonlySet<string>; owners: TaskOwners };

export type PortalKnowledge = {
  /** What is known, read from HubSpot again when it is older than an hour; the old one while HubSpot cannot answer. */
  facts(): Promise<PortalFacts>;
  renew(): Promise<PortalFacts>;
};

/** Replicas read apart from each other, so none may score for long by settings that another one knows are gone. */
const LONGEST_AGE_MS = 60 * 60_000;

/** What is read is kept among the settings too, for what scores without asking HubSpot. */
export function createPortalKnowledge(hubspot: HubSpotPort, settings: SettingStore, now: () => Date): PortalKnowledge {
  let known: { facts: PortalFacts; readAt: number } | null = null;
  let reading: Promise<PortalFacts> | null = null;

  async function read(): Promise<PortalFacts> {
    try {
      const readAt = now().getTime();
      const facts = await readPortalFacts(hubspot);
      await settings.write("portal_facts", { closedStages: [...facts.closedStages].toSorted() });
      known = { facts, readAt };
      return facts;
    } finally {
      reading = null;
    }
  }

  const renew = (): Promise<PortalFacts> => (reading ??= read());

  return {
    async facts() {
      if (known && Math.abs(now().getTime() - known.readAt) < LONGEST_AGE_MS) return known.facts;
      try {
        return await renew();
      } catch (error) {
        if (known && error instanceof HubSpotUnavailable) return known.facts;
        throw error;
      }
    },
    renew,
  };
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
