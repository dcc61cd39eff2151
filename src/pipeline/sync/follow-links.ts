import { fillHistories } from "../fill-histories.ts";
import { findChildren } from "../find-children.ts";
import { readMirrorState } from "../mirror-state.ts";
import { openRefresh, refreshChildren } from "../refresh.ts";
import type { ChildType } from "../store-port.ts";
import { noteRead } from "./note-read.ts";
import { RANGE, type Sync } from "./sync.ts";
import type { SyncCursor, SyncStep } from "./sync-job.ts";

type Pending = Partial<Record<ChildType, string[]>>;

/**
 * Reads the records of some types that belong to all companies, or to those alone whose records are not all here, by
 * following links from the companies and from their contacts. What the links name is kept until it is read.
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
  let { after = "", pending = {} } = cursor ?? {};
  for (;;) {
    for (let type = firstOf(types, pending); type !== null; type = firstOf(types, pending)) {
      const ids = pending[type] ?? [];
      const now = ids.slice(0, RANGE);
      await refreshChildren(refresh, type, now, new Set(type === "contact" ? now : []));
      pending = { ...pending, [type]: ids.slice(RANGE) };
      await sync.keep({ after, pending });
      sync.tell(type, now.length, null);
    }
    const companyIds = await store.mirror.companiesAfter(after, RANGE, of);
    const last = companyIds.at(-1);
    if (last === undefined) break;
    const children = await findChildren(
      refresh,
      companyIds,
      types.filter((type) => refresh.readable.has(type)),
    );
    await fillHistories(sync, companyIds, histories);
    after = last;
    pending = {};
    for (const { type, id } of children) if (isOneOf(types, type)) (pending[type] ??= []).push(id);
    await sync.keep({ after, pending });
  }
  for (const type of types) {
    const counted = step.counted[type];
    if (counted !== undefined && refresh.readable.has(type)) await noteRead(sync, type, counted);
  }
}

function firstOf(types: readonly ChildType[], pending: Pending): ChildType | null {
  return types.find((type) => (pending[type]?.length ?? 0) > 0) ?? null;
}

function isOneOf(types: readonly ChildType[], type: string): type is ChildType {
  return types.some((name) => name === type);
}
