import { HubSpotRefused } from "../hubspot-errors.ts";
import type { PortalRecord } from "../hubspot-port.ts";
import { readMirrorState } from "../mirror-state.ts";
import type { MirroredType } from "../mirrored-properties.ts";
import { refreshKey } from "../pipeline-context.ts";
import { openRefresh, refreshChildren, refreshCompanies } from "../refresh.ts";
import { saveFoundChildren } from "../save-found-children.ts";
import { saveFoundCompanies, type Refresh } from "../save-found-companies.ts";
import type { ChildType } from "../store-port.ts";
import { listType } from "./list-type.ts";
import { noteChanges } from "./note-read.ts";
import { readSearchMode, type SearchMode } from "./search-mode.ts";
import { RANGE, type Sync } from "./sync.ts";
import type { SyncCursor } from "./sync-job.ts";

/**
 * Reads what was modified of a type since the watermark, by search: it shows two records where a list shows one, so it
 * is never the dearer of the two, however much was modified. Where HubSpot will not search the type, it is listed.
 */
export async function readChanges(sync: Sync, type: MirroredType, cursor: SyncCursor | null): Promise<void> {
  const { hubspot, store, log } = sync;
  const watermark = (await readMirrorState(store)).watermarks[type];
  if (watermark === undefined) return;
  const refresh = await openRefresh(sync, sync.rescore);
  const mode = await readSearchMode(sync, type);
  const request = { type, properties: mode.properties, where: { modifiedSince: new Date(watermark) } };
  let latest = cursor?.latest ?? null;
  let found: PortalRecord[] = [];
  for (let after = cursor?.after; ;) {
    let page;
    try {
      page = await hubspot.searchRecords(after === undefined ? request : { ...request, after });
    } catch (error) {
      if (!(error instanceof HubSpotRefused)) throw error;
      log.warn({ error, type }, "HubSpot refuses to search these records; they are listed instead");
      return listType(sync, { do: "list", type, total: null, counted: null, isCheck: false }, null);
    }
    found.push(...page.records);
    latest = latestOf(latest, page.records);
    after = page.after;
    // Pages of records with links are gathered until these fill a call.
    if (after === undefined || type === "company" || found.length >= RANGE) {
      await saveChanges(refresh, type, found, mode);
      sync.tell(type, found.length, null);
      found = [];
      if (after !== undefined) await sync.keep({ after, ...(latest === null ? {} : { latest }) });
    }
    if (after === undefined) break;
  }
  await noteChanges(sync, type, latest);
}

async function saveChanges(
  refresh: Refresh,
  type: MirroredType,
  found: readonly PortalRecord[],
  mode: SearchMode,
): Promise<void> {
  try {
    if (type === "company") await saveCompanies(refresh, found, mode);
    else await saveChildren(refresh, type, found, mode);
  } catch (error) {
    if (!(error instanceof HubSpotRefused)) throw error;
    // One bad record must not end the sync: as work of its own each is halved until the bad one stands alone.
    const hints = found.map(
      ({ id }) => ({ kind: "refresh", key: refreshKey({ type, id }), priority: "sweep" }) as const,
    );
    await refresh.store.work.mark(hints, refresh.now());
  }
}

async function saveCompanies(
  refresh: Refresh,
  found: readonly PortalRecord[],
  { byId, unshown }: SearchMode,
): Promise<void> {
  if (byId) await refreshCompanies(refresh, idsOf(found));
  else await saveFoundCompanies(refresh, { found: [...found], missing: [] }, unshown);
}

async function saveChildren(
  refresh: Refresh,
  type: ChildType,
  found: readonly PortalRecord[],
  { byId }: SearchMode,
): Promise<void> {
  if (byId) return refreshChildren(refresh, type, idsOf(found));
  // Of those that the overlap shows again, not even the links are read.
  const unchanged = await refresh.store.mirror.unchangedRecords(type, found);
  const changed = found.filter(({ id }) => !unchanged.has(id));
  if (changed.length > 0) await saveFoundChildren(refresh, type, { found: changed, missing: [] });
}

function idsOf(records: readonly PortalRecord[]): string[] {
  return records.map(({ id }) => id);
}

function latestOf(latest: string | null, records: readonly PortalRecord[]): string | null {
  return records.reduce((last, { modifiedAt }) => {
    const at = modifiedAt.toISOString();
    return last === null || at > last ? at : last;
  }, latest);
}
