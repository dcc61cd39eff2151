import { fillAllHistories } from "./fill-histories.ts";
import { HubSpotForbidden, HubSpotRefused } from "./hubspot-errors.ts";
import type { ListedRecord, RecordType } from "./hubspot-port.ts";
import {
  lackingHistories,
  lacks,
  readMirrorState,
  unreadableOf,
  withoutType,
  withoutTypes,
  type MirrorState,
} from "./mirror-state.ts";
import { mirroredProperties, pickMirrored, type MirroredType } from "./mirrored-properties.ts";
import { refreshKey, type PipelineContext } from "./pipeline-context.ts";
import { mirroredTypes } from "./record-sources.ts";
import { refreshRecords } from "./refresh.ts";
import { sortCompanies } from "./sort-companies.ts";
import { childTypes, type Priority } from "./store-port.ts";

/** HubSpot's search lags; what was modified shortly before the latest that it showed may be shown later. */
const OVERLAP_MS = 5 * 60_000;

/** How long the past of a property is kept: longer than rules look back. */
const HISTORY_MS = 400 * 86_400_000;

/** Told as a sync goes on; `total` is null where HubSpot does not tell it. */
export type Progress = (step: { type: MirroredType; done: number; total: number | null }) => void;

/**
 * Brings the mirror up to date: what changed since the watermark, or the whole type where there is none or the rules
 * ask for more than the mirror was filled with. Companies read as a whole may be new customers, whose records must be
 * read too, and so every type is. A type that the token may not read is marked so, and scored as unknown; one that the
 * rules name no more is forgotten. With `rescore`, the companies whose facts changed are marked; a sweep needs none,
 * because it scores everybody afterwards.
 */
export async function syncMirror(
  context: PipelineContext,
  rescore: Priority | null,
  progress: Progress,
): Promise<void> {
  const { store, rules, log, now } = context;
  const sync = { ...context, rescore, progress };
  await syncType(sync, "company");
  await syncHistories(sync);
  for (const type of mirroredTypes(rules)) {
    try {
      await syncType(sync, type);
    } catch (error) {
      if (!(error instanceof HubSpotForbidden)) throw error;
      log.error({ error, type, requiredScopes: error.requiredScopes }, "HubSpot forbids reading these records");
      await store.settings.write("mirror", withoutType(await readMirrorState(store), type));
    }
  }
  await forgetUnread(sync);
  await store.mirror.completeAllCompanies(rescore, now());
}

type Sync = PipelineContext & { rescore: Priority | null; progress: Progress };

async function syncType(sync: Sync, type: MirroredType): Promise<void> {
  const { hubspot, store, rules } = sync;
  const before = await readMirrorState(store);
  const since = before.watermarks[type];
  const isWhole = since === undefined || lacks(before, rules, type);
  const latest = isWhole
    ? await syncWhole(sync, type, linksOf(type, before))
    : await syncModified(sync, type, new Date(since));
  // New customers come without their past.
  if (isWhole && type === "company") await fillAllHistories({ hubspot, store }, rules.reads.history);
  // Read again: a type may have been found unreadable meanwhile, this one too.
  const state = await readMirrorState(store);
  if (!isWhole && state.unreadable.includes(type)) return;
  const named = mirroredProperties(rules, type);
  const isNarrower = before.properties[type]?.some((name) => !named.includes(name)) ?? false;
  if (isWhole || isNarrower) await store.mirror.keepProperties(type, named);
  await store.settings.write("mirror", filled(isWhole ? emptied(state, sync, type) : state, sync, type, latest));
}

/** The past of properties that the rules have come to look back on; once it is here, it grows with what is saved. */
async function syncHistories({ hubspot, store, rules, now }: Sync): Promise<void> {
  const { history } = rules.reads;
  await fillAllHistories({ hubspot, store }, lackingHistories(await readMirrorState(store), rules));
  await store.mirror.keepHistory(history, new Date(now().getTime() - HISTORY_MS));
  await store.settings.write("mirror", { ...(await readMirrorState(store)), histories: history });
}

async function forgetUnread({ store, rules }: Sync): Promise<void> {
  const state = await readMirrorState(store);
  const read = mirroredTypes(rules);
  const unread = childTypes.filter((type) => !read.includes(type) && state.properties[type] !== undefined);
  if (unread.length === 0) return;
  await store.mirror.forgetTypes(unread);
  await store.settings.write("mirror", withoutTypes(state, unread));
}

/**
 * What is left to hold good of the state once a type was read as a whole. New customers may have come with the companies,
 * so the other types are read as a whole too; until then those that were complete stay so, by the rules in force.
 */
function emptied(state: MirrorState, { rules }: Sync, type: MirroredType): MirrorState {
  const { company, contact } = state.watermarks;
  if (type === "company") return { ...state, histories: [...rules.reads.history], watermarks: {} };
  // While contacts could not be read, the others were read without their links to them.
  if (type !== "contact" || !unreadableOf(state).has("contact")) return state;
  return { ...state, watermarks: { ...(company ? { company } : {}), ...(contact ? { contact } : {}) } };
}

/** The state after a type was read: the watermark is the latest modification that HubSpot has shown, and stays there. */
function filled(state: MirrorState, { rules }: PipelineContext, type: MirroredType, latest: Date | null): MirrorState {
  const before = state.watermarks[type];
  const shown = latest && new Date(latest.getTime() - OVERLAP_MS).toISOString();
  const watermark = [before, shown].reduce((a, b) => (!b || (a && a > b) ? a : b), undefined);
  return {
    ...state,
    customers: type === "company" ? [...rules.customers] : state.customers,
    unreadable: state.unreadable.filter((name) => name !== type),
    properties: { ...state.properties, [type]: mirroredProperties(rules, type) },
    watermarks: watermark ? { ...state.watermarks, [type]: watermark } : state.watermarks,
  };
}

/** The types whose links tell to whom a record belongs; HubSpot refuses to show links to what may not be read. */
function linksOf(type: MirroredType, state: MirrorState): ("company" | "contact")[] {
  if (type === "company") return [];
  return type === "contact" || unreadableOf(state).has("contact") ? ["company"] : ["company", "contact"];
}

async function syncWhole(sync: Sync, type: MirroredType, linksTo: RecordType[]): Promise<Date | null> {
  const { hubspot, rules, progress, now } = sync;
  const begunAt = now();
  const total = await hubspot.countRecords(type);
  let latest: Date | null = null;
  let done = 0;
  for (let after: string | undefined; ;) {
    const request = { type, properties: mirroredProperties(rules, type), linksTo };
    const page = await hubspot.listRecords(after === undefined ? request : { ...request, after });
    await savePage(sync, type, page.records);
    for (const { modifiedAt } of page.records) if (!latest || modifiedAt > latest) latest = modifiedAt;
    done += page.records.length;
    progress({ type, done, total });
    after = page.after;
    // A record may have been modified after its page was read, and before what a later page shows.
    if (after === undefined) return latest && latest > begunAt ? begunAt : latest;
  }
}

async function savePage(sync: Sync, type: MirroredType, records: ListedRecord[]): Promise<void> {
  const { store, rules, rescore, now } = sync;
  const mirrored = records.map(({ id, properties, modifiedAt, links }) => ({
    id,
    properties: pickMirrored(rules, type, properties),
    modifiedAt,
    links: links.flatMap(({ toType, ...link }) =>
      toType === "company" || toType === "contact" ? [{ toType, ...link }] : [],
    ),
  }));
  if (type !== "company") {
    await store.mirror.saveRecords(type, mirrored, rescore, now());
    return;
  }
  const { customers, strangers } = await sortCompanies(sync, mirrored);
  const known = await store.mirror.knownCompanies(strangers.map(({ id }) => id));
  const kept = [...customers, ...strangers.filter(({ id }) => known.has(id))];
  await store.mirror.saveCompanies(kept, rescore, now(), rules.reads.history);
}

async function syncModified(sync: Sync, type: MirroredType, since: Date): Promise<Date | null> {
  const { hubspot, rescore, progress } = sync;
  let latest: Date | null = null;
  let done = 0;
  for (let after: string | undefined; ;) {
    const page = await hubspot.searchModified(after === undefined ? { type, since } : { type, since, after });
    const refs = page.modified.map(({ id }) => ({ type, id }));
    try {
      await refreshRecords(sync, refs, rescore);
    } catch (error) {
      if (!(error instanceof HubSpotRefused)) throw error;
      // One bad record must not end the sync: as work of its own each page is halved until the bad one stands alone.
      const hints = refs.map((ref) => ({ kind: "refresh", key: refreshKey(ref), priority: "sweep" }) as const);
      await sync.store.work.mark(hints, sync.now());
    }
    for (const { modifiedAt } of page.modified) if (!latest || modifiedAt > latest) latest = modifiedAt;
    done += page.modified.length;
    progress({ type, done, total: null });
    after = page.after;
    if (after === undefined) return latest;
  }
}
