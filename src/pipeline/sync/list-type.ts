import type { ListedRecord, ListPage, RecordType } from "../hubspot-port.ts";
import { readMirrorState, unreadableOf } from "../mirror-state.ts";
import { mirroredProperties, pickMirrored, type MirroredType } from "../mirrored-properties.ts";
import { openRefresh, refreshRecords } from "../refresh.ts";
import { saveFoundCompanies, type Refresh } from "../save-found-companies.ts";
import type { MirroredRecord } from "../store-port.ts";
import { checkWritten, writtenProperties } from "./check-written.ts";
import { halveRefused } from "./halve-refused.ts";
import { noteRead } from "./note-read.ts";
import type { Sync } from "./sync.ts";
import type { SyncCursor, SyncStep } from "./sync-job.ts";

type ListStep = Extract<SyncStep, { do: "list" }>;

/**
 * Lists a whole type with its links, and saves what belongs to customers. As a check it also looks for what is mirrored
 * and was not listed, and for values of ours that a person changed.
 */
export async function listType(sync: Sync, step: ListStep, cursor: SyncCursor | null): Promise<void> {
  const { hubspot, store, rules } = sync;
  const { type, total, isCheck } = step;
  const refresh = await openRefresh(sync, sync.rescore);
  const checked = isCheck && type === "company" ? writtenProperties(rules) : [];
  const properties = [...mirroredProperties(rules, type), ...checked];
  const linksTo = linksOf(type, unreadableOf(await readMirrorState(store)).has("contact"));
  const list = (after: string | undefined): Promise<ListPage> => {
    const page = hubspot.listRecords({ type, properties, linksTo, ...(after === undefined ? {} : { after }) });
    // It is awaited only after the page before it is saved, which may fail.
    page.catch(() => undefined);
    return page;
  };

  let seen = cursor?.seen ?? "0";
  let next: Promise<ListPage> | null = list(cursor?.after);
  while (next) {
    const { records, after }: ListPage = await next;
    next = after === undefined ? null : list(after);
    await savePage(refresh, type, records);
    if (isCheck) {
      if (type === "company") await checkWritten(sync, records);
      const upTo = after === undefined ? null : greatestOf(records);
      await confirmGone(sync, type, { over: seen, upTo, listed: records });
      if (upTo !== null && isGreater(upTo, seen)) seen = upTo;
    }
    if (after !== undefined) await sync.keep({ after, seen });
    sync.tell(type, records.length, total);
  }
  await noteRead(sync, type, step.counted);
}

async function savePage(refresh: Refresh, type: MirroredType, records: readonly ListedRecord[]): Promise<void> {
  const { store, rules, rescore, now } = refresh;
  if (type === "company") {
    await saveFoundCompanies(refresh, { found: [...records], missing: [] });
    return;
  }
  const mirrored = records.map(({ id, properties, modifiedAt, links }): MirroredRecord => ({
    id,
    properties: pickMirrored(rules, type, properties),
    modifiedAt,
    links: links.flatMap(({ toType, ...link }) =>
      toType === "company" || toType === "contact" ? [{ toType, ...link }] : [],
    ),
  }));
  await store.mirror.saveRecords(type, mirrored, rescore, now());
}

type Listed = { over: string; upTo: string | null; listed: readonly { id: string }[] };

/** What is mirrored and was not listed between two ids is asked for by id: nothing goes because of HubSpot's order. */
async function confirmGone(sync: Sync, type: MirroredType, { over, upTo, listed }: Listed): Promise<void> {
  const listedIds = new Set(listed.map(({ id }) => id));
  const mirrored = await sync.store.mirror.idsBetween(type, over, upTo);
  const gone = mirrored.filter((id) => !listedIds.has(id));
  if (gone.length === 0) return;
  await halveRefused(sync, type, gone, (ids) =>
    refreshRecords(
      sync,
      ids.map((id) => ({ type, id })),
      sync.rescore,
    ),
  );
}

function greatestOf(records: readonly { id: string }[]): string {
  return records.reduce((greatest, { id }) => (isGreater(id, greatest) ? id : greatest), "0");
}

function isGreater(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

/** The types whose links tell to whom a record belongs; HubSpot refuses to show links to what may not be read. */
function linksOf(type: MirroredType, isWithoutContacts: boolean): RecordType[] {
  if (type === "company") return [];
  return type === "contact" || isWithoutContacts ? ["company"] : ["company", "contact"];
}
