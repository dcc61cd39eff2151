import { HubSpotRefused } from "../hubspot-errors.ts";
import type { PortalRecord } from "../hubspot-port.ts";
import { readMirrorState } from "../mirror-state.ts";
import type { MirroredType } from "../mirrored-properties.ts";
import { openRefresh, refreshChildren, refreshCompanies } from "../refresh.ts";
import { saveFoundChildren } from "../save-found-children.ts";
import { saveFoundCompanies, type Refresh } from "../save-found-companies.ts";
import { sortCompanies } from "../sort-companies.ts";
import type { ChildType } from "../store-port.ts";
import { halveRefused } from "./halve-refused.ts";
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
      const step = { do: "list" as const, type, total: null, counted: null, isCheck: false };
      await sync.instead(step);
      return listType(sync, step, null);
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
  const byId = new Map(found.map((record) => [record.id, record]));
  await halveRefused(refresh, type, [...byId.keys()], (ids) => {
    const some = ids.flatMap((id) => byId.get(id) ?? []);
    return type === "company" ? saveCompanies(refresh, some, mode) : saveChildren(refresh, type, some, mode);
  });
}

async function saveCompanies(
  refresh: Refresh,
  found: readonly PortalRecord[],
  { byId, unshown }: SearchMode,
): Promise<void> {
  if (byId) {
    await refreshCompanies(refresh, idsOf(found));
    return;
  }
  // A search that lags shows what is deleted: a customer that is new is read by id, or it would come back.
  const { customers } = await sortCompanies(refresh, found);
  const known = await refresh.store.mirror.knownCompanies(idsOf(customers));
  const newIds = new Set(idsOf(customers).filter((id) => !known.has(id)));
  await saveFoundCompanies(refresh, { found: found.filter(({ id }) => !newIds.has(id)), missing: [] }, unshown);
  await refreshCompanies(refresh, [...newIds]);
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
