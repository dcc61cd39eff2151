import type { ObjectType } from "../../../src/sandbox/portal/object-types.ts";
import type { Portal } from "../../../src/sandbox/portal/portal.ts";
import { updateRecord } from "../../../src/sandbox/portal/write-record.ts";

/** Changes lie this far apart, as in a day's work; what an import changes in one instant is searched for at a higher cost. */
const APART_MS = 500;

/** A colleague has written these values on so many of the records, evenly spread over them, the last one just now. */
export function changeRecords(
  portal: Portal,
  type: ObjectType,
  ids: readonly string[],
  count: number,
  values: Record<string, string>,
): void {
  const now = portal.clock.now();
  for (let index = 0; index < count; index += 1) {
    const record = portal.records.findLive(type, ids[Math.floor((index + 0.5) * (ids.length / count))] ?? "");
    const at = now - (count - 1 - index) * APART_MS;
    if (record) updateRecord(portal, record, values, { at, changeSource: "CRM_UI", sourceId: "userId:61000101" });
  }
}
