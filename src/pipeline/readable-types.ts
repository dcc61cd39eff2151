import { HubSpotForbidden } from "./hubspot-errors.ts";
import { readMirrorState, unreadableOf, withoutType } from "./mirror-state.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { childTypes, type ChildType } from "./store-port.ts";

export type ReadableTypes = {
  has(type: ChildType): boolean;
  /** What `ask` gives; null where HubSpot forbids that type or did before: then nothing is known of it from now on. */
  read<Answer>(type: ChildType, ask: () => Promise<Answer>): Promise<Answer | null>;
};

/**
 * The types that the token may read. A scope can be lost at any time: the type that is forbidden is marked in the mirror's
 * state and passed over, so that it holds nobody else's work.
 */
export async function openReadableTypes({ store, log }: PipelineContext): Promise<ReadableTypes> {
  const unreadable = unreadableOf(await readMirrorState(store));
  const readable = new Set(childTypes.filter((type) => !unreadable.has(type)));
  return {
    has: (type) => readable.has(type),
    async read(type, ask) {
      if (!readable.has(type)) return null;
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof HubSpotForbidden)) throw error;
        const { requiredScopes } = error;
        log.error({ error, type, requiredScopes }, "HubSpot forbids reading these records");
        readable.delete(type);
        await store.settings.write("mirror", withoutType(await readMirrorState(store), type));
        return null;
      }
    },
  };
}
