import { claimPortal } from "../pipeline/claim-portal.ts";
import { HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import type { PipelineContext } from "../pipeline/pipeline-context.ts";
import { setUpPortal } from "../pipeline/setup.ts";

const AGAIN_MS = 10_000;

/** Once the portal is known and set up, `onReady`. While HubSpot cannot answer, this is tried again and again. */
export async function preparePortal(context: PipelineContext, onReady: () => void): Promise<() => void> {
  const { hubspot, rules, log } = context;
  let timer: NodeJS.Timeout | undefined;
  const attempt = async () => {
    try {
      await claimPortal(context);
      const { created, drifted, hasTaskKey } = await setUpPortal(hubspot, rules.ruleset);
      if (created.length > 0) log.info({ created }, "company properties made");
      for (const drift of drifted) log.error(drift, "a property of ours has another type: rename it, or change prefix");
      if (!hasTaskKey) log.info({}, "no scope for task properties: keys of tasks stand in their bodies");
      onReady();
    } catch (error) {
      if (!(error instanceof HubSpotUnavailable)) throw error;
      log.warn({ error }, "HubSpot cannot answer; webhooks are kept, and the start goes on when it can");
      timer = setTimeout(() => {
        attempt().catch((failure: unknown) => log.error({ error: failure }, "the portal cannot be used"));
      }, AGAIN_MS);
    }
  };
  await attempt();
  return () => clearTimeout(timer);
}
