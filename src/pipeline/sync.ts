import { HubSpotForbidden } from "./hubspot-errors.ts";
import type { ListedRecord, RecordType } from "./hubspot-port.ts";
import { customersOf, lacks, readMirrorState, unreadableOf, type MirrorState } from "./mirror-state.ts";
import { mirroredProperties, pickMirrored, type MirroredType } from "./mirrored-properties.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { refreshRecords } from "./refresh.ts";
import { sortCompanies } from "./sort-companies.ts";
import { childTypes } from "./store-port.ts";

/** HubSpot's search lags; what was modified shortly before the latest that it showed may be shown later. */
const OVERLAP_MS = 5 * 60_000;

/** Told as a sync goes on; `total` is null where HubSpot does not tell it. */
export type Progress = (step: { type: MirroredType; done: number; total: number | null }) => void;

/**
 * Brings the mirror up to date: what changed since the watermark, or the whole type where there is none or the rules
 * ask for more than the mirror was filled with. Companies read as a whole may be new customers, whose records must be
 * read too, and so every type is. A type that the token may not read is marked so, and scored as unknown.
 */
export async function syncMirror(context: PipelineContext, progress: Progress): Promise<void> {
  const { store, rules, log } = context;
  let state = await readMirrorState(store);
  for (const type of ["company", ...childTypes] as const) {
    const since = state.watermarks[type];
    const unreadable = state.unreadable.filter((name) => name !== type);
    try {
      if (since === undefined || lacks(state, rules, type)) {
        const latest = await syncWhole(context, type, linksOf(type, state), progress);
        const before = type === "company" ? { ...state, properties: {}, watermarks: {} } : state;
        state = filled({ ...before, customers: customersOf(rules), unreadable }, context, type, latest);
      } else {
        const latest = await syncModified(context, type, new Date(since), progress);
        state = filled({ ...state, unreadable }, context, type, latest);
      }
    } catch (error) {
      if (!(error instanceof HubSpotForbidden) || type === "company") throw error;
      log.error({ error, type, requiredScopes: error.requiredScopes }, "HubSpot forbids reading these records");
      state = { ...state, unreadable: [...unreadable, type] };
    }
    await store.settings.write("mirror", state);
  }
}

/** The state after a type was read: the watermark is the latest modification that HubSpot has shown, and stays there. */
function filled(state: MirrorState, { rules }: PipelineContext, type: MirroredType, latest: Date | null): MirrorState {
  const before = state.watermarks[type];
  const shown = latest && new Date(latest.getTime() - OVERLAP_MS).toISOString();
  const watermark = [before, shown].reduce((a, b) => (!b || (a && a > b) ? a : b), undefined);
  return {
    ...state,
    properties: { ...state.properties, [type]: mirroredProperties(rules)[type] },
    watermarks: watermark ? { ...state.watermarks, [type]: watermark } : state.watermarks,
  };
}

/** The types whose links tell to whom a record belongs; HubSpot refuses to show links to what may not be read. */
function linksOf(type: MirroredType, state: MirrorState): ("company" | "contact")[] {
  if (type === "company") return [];
  return type === "contact" || unreadableOf(state).has("contact") ? ["company"] : ["company", "contact"];
}

async function syncWhole(
  context: PipelineContext,
  type: MirroredType,
  linksTo: RecordType[],
  progress: Progress,
): Promise<Date | null> {
  const { hubspot, rules, now } = context;
  const begunAt = now();
  const total = await hubspot.countRecords(type);
  let latest: Date | null = null;
  let done = 0;
  for (let after: string | undefined; ;) {
    const request = { type, properties: mirroredProperties(rules)[type], linksTo };
    const page = await hubspot.listRecords(after === undefined ? request : { ...request, after });
    await savePage(context, type, page.records);
    for (const { modifiedAt } of page.records) if (!latest || modifiedAt > latest) latest = modifiedAt;
    done += page.records.length;
    progress({ type, done, total });
    after = page.after;
    // A record may have been modified after its page was read, and before what a later page shows.
    if (after === undefined) return latest && latest > begunAt ? begunAt : latest;
  }
}

async function savePage(context: PipelineContext, type: MirroredType, records: ListedRecord[]): Promise<void> {
  const { store, rules, now } = context;
  const mirrored = records.map(({ id, properties, links }) => ({
    id,
    properties: pickMirrored(rules, type, properties),
    links: links.flatMap(({ toType, ...link }) =>
      toType === "company" || toType === "contact" ? [{ toType, ...link }] : [],
    ),
  }));
  if (type !== "company") {
    await store.mirror.saveRecords(type, mirrored, null, now());
    return;
  }
  const { customers, strangers } = await sortCompanies(context, mirrored);
  const known = await store.mirror.knownCompanies(strangers.map(({ id }) => id));
  await store.mirror.saveCompanies([...customers, ...strangers.filter(({ id }) => known.has(id))], null, now());
}

async function syncModified(
  context: PipelineContext,
  type: MirroredType,
  since: Date,
  progress: Progress,
): Promise<Date | null> {
  let latest: Date | null = null;
  let done = 0;
  for (let after: string | undefined; ;) {
    const page = await context.hubspot.searchModified(after === undefined ? { type, since } : { type, since, after });
    await refreshRecords(
      context,
      page.modified.map(({ id }) => ({ type, id })),
      null,
    );
    for (const { modifiedAt } of page.modified) if (!latest || modifiedAt > latest) latest = modifiedAt;
    done += page.modified.length;
    progress({ type, done, total: null });
    after = page.after;
    if (after === undefined) return latest;
  }
}
