import type { PipelineContext } from "./pipeline-context.ts";

/** The store belongs to another portal than the token: going on would mix two companies' customers. */
export class WrongPortal extends Error {
  readonly storePortalId: string;
  readonly tokenPortalId: string;

  constructor(storePortalId: string, tokenPortalId: string) {
    super(
      `this store belongs to portal ${storePortalId}, but HUBSPOT_ACCESS_TOKEN is of portal ${tokenPortalId}; ` +
        "use the token of the first, or another DATA_DIR or DATABASE_URL for the second",
    );
    this.name = "WrongPortal";
    this.storePortalId = storePortalId;
    this.tokenPortalId = tokenPortalId;
  }
}

/** Makes sure that the store and the token belong together; the first token decides whose the store is. */
export async function claimPortal({ hubspot, store }: Pick<PipelineContext, "hubspot" | "store">): Promise<string> {
  const { portalId } = await hubspot.readAccount();
  const known = await store.settings.read("portal");
  if (known && known.portalId !== portalId) throw new WrongPortal(known.portalId, portalId);
  if (!known) await store.settings.write("portal", { portalId });
  return portalId;
}
