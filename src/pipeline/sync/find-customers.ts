import { openRefresh } from "../refresh.ts";
import { saveFoundCompanies } from "../save-found-companies.ts";
import { noteRead } from "./note-read.ts";
import { readSearchMode } from "./search-mode.ts";
import type { Sync } from "./sync.ts";
import type { SyncCursor, SyncStep } from "./sync-job.ts";

/** Finds the customers by a search that may find others too, and saves them. */
export async function findCustomers(
  sync: Sync,
  step: Extract<SyncStep, { do: "find" }>,
  cursor: SyncCursor | null,
): Promise<void> {
  const { hubspot } = sync;
  const refresh = await openRefresh(sync, sync.rescore);
  const { properties, unshown } = await readSearchMode(sync, "company");
  const request = { type: "company" as const, properties, where: { filters: step.filters } };
  for (let after = cursor?.after; ;) {
    const page = await hubspot.searchRecords(after === undefined ? request : { ...request, after });
    await saveFoundCompanies(refresh, { found: page.records, missing: [] }, unshown);
    after = page.after;
    if (after !== undefined) await sync.keep({ after });
    sync.tell("company", page.records.length, step.total);
    if (after === undefined) break;
  }
  await noteRead(sync, "company", step.counted);
}
