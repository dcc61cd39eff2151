import type { RecordType } from "./hubspot-port.ts";
import { refreshKey } from "./pipeline-context.ts";
import type { WorkHint, WorkStore } from "./store-port.ts";

/** A notice that a record changed; never what it is now. An echo tells of a change that this app made itself. */
export type RecordHint = { type: RecordType; id: string; echo: boolean };

/**
 * Keeps hints as work, in one transaction: once this has resolved, HubSpot may forget them. A thousand hints for one
 * record are one row; echoes are dropped, or every write of ours would wake us.
 */
export async function receiveHints(work: WorkStore, hints: readonly RecordHint[], now: Date): Promise<void> {
  const rows = hints
    .filter(({ echo }) => !echo)
    .map((hint): WorkHint => ({ kind: "refresh", key: refreshKey(hint), priority: "webhook" }));
  if (rows.length > 0) await work.mark(rows, now);
}
