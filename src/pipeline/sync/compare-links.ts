import type { Linked } from "../hubspot-port.ts";
import type { RecordRef } from "../pipeline-context.ts";
import type { ReadableTypes } from "../readable-types.ts";
import { openRefresh, refreshRecords } from "../refresh.ts";
import type { ChildType, MirroredLink } from "../store-port.ts";
import { dayOf } from "./day-of.ts";
import { halveRefused } from "./halve-refused.ts";
import { RANGE, type Sync } from "./sync.ts";
import type { SyncCursor, SyncStep } from "./sync-job.ts";

type Comparing = Sync & { readable: ReadableTypes };

/**
 * Compares the links of companies and of their contacts, as HubSpot has them, with the mirror, and reads the records
 * again whose links differ: nothing else tells of those. `day`: of the companies alone that have their turn on that day.
 * Contacts are gathered until they fill a call.
 */
export async function compareLinks(
  sync: Sync,
  { types, day }: Extract<SyncStep, { do: "links" }>,
  cursor: SyncCursor | null,
): Promise<void> {
  const { readable } = await openRefresh(sync, sync.rescore);
  const comparing = { ...sync, readable };
  let { after = "" } = cursor ?? {};
  let contactIds = cursor?.pending?.contact ?? [];
  for (let isEnd = false; !isEnd;) {
    const companyIds = await dueAfter(sync, day, after);
    after = companyIds.at(-1) ?? after;
    isEnd = companyIds.length === 0;
    await halveRefused(sync, "company", companyIds, async (ids) => {
      contactIds = [...new Set([...contactIds, ...(await compareCompanies(comparing, ids, types))])];
    });
    await sync.keep({ after, pending: { contact: contactIds } });
    while (contactIds.length >= RANGE || (isEnd && contactIds.length > 0)) {
      await halveRefused(sync, "contact", contactIds.slice(0, RANGE), (ids) => compareContacts(comparing, ids, types));
      contactIds = contactIds.slice(RANGE);
      await sync.keep({ after, pending: { contact: contactIds } });
    }
  }
}

/** As many companies as fill a call, after one, that have their turn. */
async function dueAfter({ store }: Sync, day: number | null, after: string): Promise<string[]> {
  if (day === null) return store.mirror.companiesAfter(after, RANGE);
  const due: string[] = [];
  for (let last: string | undefined = after; last !== undefined && due.length < RANGE;) {
    const ids: string[] = await store.mirror.companiesAfter(last, RANGE);
    for (const id of ids) if (dayOf(id) === day) due.push(id);
    last = ids.at(-1);
  }
  return due.slice(0, RANGE);
}

/** Gives the contacts that are linked to the companies. */
async function compareCompanies(
  sync: Comparing,
  companyIds: readonly string[],
  types: readonly ChildType[],
): Promise<string[]> {
  if (companyIds.length === 0) return [];
  const contactIds = new Set<string>();
  const differing: RecordRef[] = [];
  for (const type of types) {
    const links = await sync.readable.read(type, () => sync.hubspot.readLinks("company", type, companyIds));
    if (!links) continue;
    if (type === "contact") for (const { toId } of [...links.values()].flat()) contactIds.add(toId);
    const mirrored = await sync.store.mirror.linksTo("company", companyIds, type);
    for (const id of differenceOf(links, mirrored)) differing.push({ type, id });
  }
  if (differing.length > 0) await refreshRecords(sync, differing, sync.rescore);
  return [...contactIds];
}

async function compareContacts(
  sync: Comparing,
  contactIds: readonly string[],
  types: readonly ChildType[],
): Promise<void> {
  const differing: RecordRef[] = [];
  for (const type of types.filter((name) => name !== "contact")) {
    const links = await sync.readable.read(type, () => sync.hubspot.readLinks("contact", type, contactIds));
    if (!links) continue;
    const differ = differenceOf(links, await sync.store.mirror.linksTo("contact", contactIds, type));
    // What is linked to a company belongs there, whatever its contacts do.
    const settled = await sync.store.mirror.linkedToCompanies(type, differ);
    for (const id of differ) if (!settled.has(id)) differing.push({ type, id });
  }
  if (differing.length > 0) await refreshRecords(sync, differing, sync.rescore);
}

/** The records that are linked otherwise in HubSpot than in the mirror. */
function differenceOf(links: ReadonlyMap<string, Linked[]>, mirrored: readonly MirroredLink[]): string[] {
  const theirs = new Map<string, string>();
  for (const [id, linked] of links) {
    for (const { toId, primary } of linked) theirs.set(`${toId} ${id} ${primary}`, toId);
  }
  const ours = new Map(mirrored.map(({ fromId, toId, primary }) => [`${fromId} ${toId} ${primary}`, fromId]));
  const differing = [
    ...[...theirs].filter(([key]) => !ours.has(key)),
    ...[...ours].filter(([key]) => !theirs.has(key)),
  ];
  return [...new Set(differing.map(([, id]) => id))];
}
