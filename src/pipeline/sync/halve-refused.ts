import { HubSpotRefused } from "../hubspot-errors.ts";
import { refreshKey, type PipelineContext } from "../pipeline-context.ts";
import type { MirroredType } from "../mirrored-properties.ts";

/**
 * Does a step for some records. HubSpot may refuse a whole request for one bad record, which must not end the sync: the
 * records are halved until it stands alone, and that one is left as work of its own, which tells of the refusal.
 */
export async function halveRefused(
  context: Pick<PipelineContext, "store" | "now">,
  type: MirroredType,
  ids: readonly string[],
  act: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  try {
    await act(ids);
  } catch (error) {
    if (!(error instanceof HubSpotRefused)) throw error;
    const [id, ...rest] = ids;
    if (id === undefined) throw error;
    if (rest.length === 0) {
      return context.store.work.mark(
        [{ kind: "refresh", key: refreshKey({ type, id }), priority: "sweep" }],
        context.now(),
      );
    }
    const middle = Math.ceil(ids.length / 2);
    await halveRefused(context, type, ids.slice(0, middle), act);
    await halveRefused(context, type, ids.slice(middle), act);
  }
}
