import { fillHistories } from "../fill-histories.ts";
import { findChildren } from "../find-children.ts";
import { readMirrorState } from "../mirror-state.ts";
import type { RecordRef } from "../pipeline-context.ts";
import { openRefresh, refreshChildren } from "../refresh.ts";
import { halveRefused } from "./halve-refused.ts";
import { noteRead } from "./note-read.ts";
import { RANGE, type Sync } from "./sync.ts";
import type { SyncCursor, SyncStep } from "./sync-job.ts";

/**
 * Reads the records of some types that belong to all companies, or to those alone whose records are not all here, by
 * following links from the companies and from their contacts. Broken off within a range of companies, it asks for their
 * links again and goes on behind the last record that was read: what the links name can be more than is fit to be kept.
 */
export async function followLinks(
  sync: Sync,
  step: Extract<SyncStep, { do: "follow" }>,
  cursor: SyncCursor | null,
): Promise<void> {
  const { store, rules } = sync;
  const { types, of } = step;
  const refresh = await openRefresh(sync, sync.rescore);
  const state = await readMirrorState(store);
  // Those that the rules have come to look back on are read of all companies afterwards.
  const histories = of === "incomplete" ? rules.reads.history.filter((name) => state.histories.includes(name)) : [];
  for (let after = cursor?.after ?? "", read = cursor?.read; ;) {
    const companyIds = await store.mirror.companiesAfter(after, RANGE, of);
    const last = companyIds.at(-1);
    if (last === undefined) break;
    let children: RecordRef[] = [];
    await halveRefused(sync, "company", companyIds, async (ids) => {
      const readable = types.filter((type) => refresh.readable.has(type));
      children = children.concat(await findChildren(refresh, ids, readable));
    });
    for (const type of types.slice(read ? types.indexOf(read.type) : 0)) {
      const upTo = read?.type === type ? read.id : "";
      const ids = [...new Set(children.flatMap((child) => (child.type === type && child.id > upTo ? [child.id] : [])))];
      ids.sort();
      for (let start = 0; start < ids.length; start += RANGE) {
        const now = ids.slice(start, start + RANGE);
        await halveRefused(sync, type, now, (some) =>
          refreshChildren(refresh, type, some, new Set(type === "contact" ? now : [])),
        );
        await sync.keep({ after, read: { type, id: now.at(-1) ?? upTo } });
        sync.tell(type, now.length, null);
      }
    }
    await halveRefused(sync, "company", companyIds, (ids) => fillHistories(sync, ids, histories));
    after = last;
    read = undefined;
    await sync.keep({ after });
  }
  for (const type of types) {
    const counted = step.counted[type];
    if (counted !== undefined && refresh.readable.has(type)) await noteRead(sync, type, counted);
  }
}
