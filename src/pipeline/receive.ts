import type { RecordType } from "./hubspot-port.ts";
import { refreshKey } from "./pipeline-context.ts";
import type { WorkHint, WorkStore } from "./store-port.ts";

/**
 * A notice that a record changed; never what it is now. An echo tells of a change that this app made itself; `forget`,
 * that the person has asked to be forgotten.
 */
export type RecordHint = { type: RecordType; id: string; echo: boolean; forget: boolean };

/**
 * Keeps hints as work, in one transaction: once this has resolved, HubSpot may forget them. A thousand hints for one
 * record are one row; echoes are dropped, or every write of ours would wake us.
 */
export async function receiveHints(work: WorkStore, hints: readonly RecordHint[], now: Date): Promise<void> {
  const rows = hints
    .filter(({ echo, forget }) => forget || !echo)
    .map((hint): WorkHint => {
      return { kind: hint.forget ? "forget" : "refresh", key: refreshKey(hint), priority: "webhook" };
    });
  if (rows.length > 0) await work.mark(rows, now);
}
