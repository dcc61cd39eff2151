import type { MirroredType } from "../mirrored-properties.ts";
import { openRefresh, refreshChildren, refreshCompanies } from "../refresh.ts";
import { checkWritten, writtenProperties } from "./check-written.ts";
import { halveRefused } from "./halve-refused.ts";
import { noteRead } from "./note-read.ts";
import { RANGE, type Sync } from "./sync.ts";
import type { SyncCursor, SyncStep } from "./sync-job.ts";

/**
 * Reads what is mirrored of a type again, by id, and forgets what HubSpot does not show any more. As a check it also
 * looks for values of ours that a person changed.
 */
export async function rereadRecords(
  sync: Sync,
  { type, total, isCheck }: Extract<SyncStep, { do: "reread" }>,
  cursor: SyncCursor | null,
): Promise<void> {
  const refresh = await openRefresh(sync, sync.rescore);
  for (let after = cursor?.after ?? ""; ;) {
    const ids = await idsAfter(sync, type, after);
    const last = ids.at(-1);
    if (last === undefined) break;
    await halveRefused(sync, type, ids, async (some) => {
      if (type !== "company") return refreshChildren(refresh, type, some);
      const { found } = await refreshCompanies(refresh, some, isCheck ? writtenProperties(sync.rules) : []);
      if (isCheck) await checkWritten(sync, found);
    });
    after = last;
    await sync.keep({ after });
    sync.tell(type, ids.length, total);
  }
  if (type === "company" || refresh.readable.has(type)) await noteRead(sync, type, undefined);
}

function idsAfter({ store }: Sync, type: MirroredType, after: string): Promise<string[]> {
  return type === "company" ? store.mirror.companiesAfter(after, RANGE) : store.mirror.recordsAfter(type, after, RANGE);
}
