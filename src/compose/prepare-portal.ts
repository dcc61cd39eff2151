import { claimPortal, WrongPortal } from "../pipeline/claim-portal.ts";
import { HubSpotClosed, HubSpotError, HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import type { PipelineContext } from "../pipeline/pipeline-context.ts";
import { logSetup } from "../pipeline/log-setup.ts";
import { setUpPortal } from "../pipeline/setup.ts";

const AGAIN_MS = 10_000;

/**
 * Makes sure that the portal is the store's and has our properties; then `onReady`. While HubSpot cannot answer, or
 * refuses the token of a portal that is known already, this is tried again and again; another portal than the store's
 * is never served: thrown at once, or given to `onWrong` later.
 */
export async function preparePortal(
  context: PipelineContext,
  { onReady, onRefused, onWrong }: { onReady: () => void; onRefused?: () => void; onWrong: (error: unknown) => void },
): Promise<() => void> {
  const { hubspot, store, rules, log } = context;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function attempt(): Promise<void> {
    await claimPortal(context);
    await learnUsage();
    const outcome = await setUpPortal(hubspot, rules.ruleset);
    logSetup(log, outcome);
    if (!outcome.hasTaskKey) log.info({}, "no scope for task properties: keys of tasks stand in their bodies");
    if (!isStopped) onReady();
  }

  /** So that the reserve of the day is kept from the first calls on, also where answers do not tell what is left. */
  async function learnUsage(): Promise<void> {
    try {
      await hubspot.readUsage();
    } catch (error) {
      if (!(error instanceof HubSpotError) || error instanceof HubSpotClosed) throw error;
      log.info({ error }, "HubSpot does not tell how many calls are left today");
    }
  }

  function tryLater(error: unknown): void {
    if (isStopped) return;
    if (error instanceof WrongPortal) {
      onWrong(error);
      return;
    }
    if (error instanceof HubSpotUnavailable) {
      log.warn({ error }, "HubSpot cannot answer; webhooks are kept, and the start goes on when it can");
    } else {
      onRefused?.();
      log.error({ error }, "HubSpot refuses the app; webhooks are kept until a person has mended it");
    }
    timer = setTimeout(() => {
      attempt().catch(tryLater);
    }, AGAIN_MS);
  }

  const isKnown = (await store.settings.read("portal")) !== null;
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof HubSpotUnavailable) && !(isKnown && error instanceof HubSpotError)) throw error;
    tryLater(error);
  }
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
