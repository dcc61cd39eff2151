import { deliverTasks } from "./deliver-tasks.ts";
import type { Refusal } from "./hubspot-port.ts";
import { isWritten } from "./is-written.ts";
import type { PipelineContext } from "./pipeline-context.ts";

/** What is left to do about companies after a delivery; those that are in no list are done. */
export type DeliveryOutcome = {
  /** HubSpot will not take what is to be written for them. */
  refused: Refusal[];
  /** HubSpot may or may not have a task of theirs, and nobody can tell yet; or it did not make one now. */
  unclear: string[];
  /** HubSpot could not write something of theirs now, while it wrote others. */
  later: string[];
};

/**
 * Brings HubSpot to what was decided for companies: properties where they differ from what was written last (then the
 * whole set), and tasks. What is sent is read at this moment, so that it is never older than the last decision.
 */
export async function deliverCompanies(
  context: PipelineContext,
  companyIds: readonly string[],
): Promise<DeliveryOutcome> {
  const { hubspot, store } = context;
  const deliveries = await store.deliveries.load(companyIds);
  const stale = deliveries.filter(({ values, written }) => !isWritten(values, written));
  const outcome = await hubspot.updateCompanies(
    stale.map(({ companyId: id, values: properties }) => ({ id, properties })),
  );
  const updated = new Set(outcome.updated);
  await store.deliveries.recordWritten(stale.filter(({ companyId }) => updated.has(companyId)));
  const tasks = await deliverTasks(context, deliveries);
  return {
    refused: [...outcome.refused, ...tasks.refused],
    unclear: tasks.unclear,
    later: [...outcome.later, ...tasks.later],
  };
}
