import { HubSpotForbidden } from "../hubspot-errors.ts";
import { readMirrorState, withoutType } from "../mirror-state.ts";
import type { MirroredType } from "../mirrored-properties.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import type { Counted } from "./sync-job.ts";

/** How many records of a type there are; `total` and `counted` are null where HubSpot will not search the type. */
export type TypeCount = { total: number | null; counted: Counted };

/** Asks each type once; null where HubSpot forbids it, which is noted. */
export type CountType = (type: MirroredType) => Promise<TypeCount | null>;

export function createCountType({ hubspot, store, log }: PipelineContext): CountType {
  const known = new Map<MirroredType, TypeCount | null>();

  async function ask(type: MirroredType): Promise<TypeCount | null> {
    try {
      const count = await hubspot.countRecords(type);
      if (count) return { total: count.total, counted: { latest: count.latest?.toISOString() ?? null } };
      log.warn({ type }, "HubSpot will not search these records; they are listed every time");
      return { total: null, counted: null };
    } catch (error) {
      if (!(error instanceof HubSpotForbidden) || type === "company") throw error;
      log.error({ error, type, requiredScopes: error.requiredScopes }, "HubSpot forbids reading these records");
      await store.settings.write("mirror", withoutType(await readMirrorState(store), type));
      return null;
    }
  }

  return async (type) => {
    const before = known.get(type);
    if (before !== undefined) return before;
    const count = await ask(type);
    known.set(type, count);
    return count;
  };
}
