import type { TaskOwners } from "../scoring/decision.ts";
import { stageKey } from "../scoring/time/moment.ts";
import { HubSpotForbidden, HubSpotUnavailable } from "./hubspot-errors.ts";
import type { HubSpotPort, TicketStage } from "./hubspot-port.ts";
import type { RulesInForce } from "./rules-in-force.ts";
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

/**
 * What is read is kept among the settings too, for what scores without asking HubSpot. Stages are asked for only where
 * rules in force, or waiting, read tickets; where HubSpot forbids them there are none, and no tickets to be read either.
 */
export function createPortalKnowledge(
  hubspot: HubSpotPort,
  settings: SettingStore,
  rulesInForce: Pick<RulesInForce, "current" | "waiting">,
  now: () => Date,
): PortalKnowledge {
  let known: { facts: PortalFacts; readAt: number; withStages: boolean } | null = null;
  let reading: Promise<PortalFacts> | null = null;

  async function read(): Promise<PortalFacts> {
    try {
      const readAt = now().getTime();
      const withStages = readsTickets(rulesInForce);
      const facts = await readPortalFacts(hubspot, withStages);
      await settings.write("portal_facts", { closedStages: [...facts.closedStages].toSorted() });
      known = { facts, readAt, withStages };
      return facts;
    } finally {
      reading = null;
    }
  }

  const renew = (): Promise<PortalFacts> => (reading ??= read());

  return {
    async facts() {
      const isFresh = known !== null && Math.abs(now().getTime() - known.readAt) < LONGEST_AGE_MS;
      if (known && isFresh && (known.withStages || !readsTickets(rulesInForce))) return known.facts;
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

function readsTickets({ current, waiting }: Pick<RulesInForce, "current" | "waiting">): boolean {
  return [current(), waiting()?.rules].some((rules) => rules?.sources.has("tickets"));
}

async function readPortalFacts(hubspot: HubSpotPort, withStages: boolean): Promise<PortalFacts> {
  const stages = withStages ? await readStages(hubspot) : [];
  const active = await hubspot.readOwners("active");
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

async function readStages(hubspot: HubSpotPort): Promise<TicketStage[]> {
  try {
    return await hubspot.readTicketStages();
  } catch (error) {
    if (error instanceof HubSpotForbidden) return [];
    throw error;
  }
}
