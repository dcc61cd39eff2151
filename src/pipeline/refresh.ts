import { findChildren, findRecordsOfContacts } from "./find-children.ts";
import { followTasks } from "./follow-tasks.ts";
import type { Linked, RecordType } from "./hubspot-port.ts";
import { readMirrorState, unreadableOf } from "./mirror-state.ts";
import { mirroredProperties, pickMirrored } from "./mirrored-properties.ts";
import { refreshKey, type PipelineContext, type RecordRef } from "./pipeline-context.ts";
import { sortCompanies } from "./sort-companies.ts";
import { childTypes, type ChildType, type MirroredRecord, type Priority } from "./store-port.ts";

type Refresh = PipelineContext & { rescore: Priority | null; readable: readonly ChildType[] };

/**
 * Reads records of any types again, with their links, and saves what is new in the mirror. With `rescore`, the
 * companies whose facts changed are marked. All records of a company that has become a customer are read too, before
 * it is marked: its first score must not be one without them. Types that the token may not read are passed over.
 */
export async function refreshRecords(
  context: PipelineContext,
  refs: readonly RecordRef[],
  rescore: Priority | null,
): Promise<void> {
  const { store, now } = context;
  const unreadable = unreadableOf(await readMirrorState(store));
  const refresh = { ...context, rescore, readable: childTypes.filter((type) => !unreadable.has(type)) };

  const newCustomers = await refreshCompanies(refresh, idsOf(refs, "company"));
  const all = [...refs, ...(await findChildren(context, newCustomers, refresh.readable))];
  // Contacts come before what may belong to a company only through them.
  for (const type of refresh.readable) await refreshChildren(refresh, type, idsOf(all, type));
  if (rescore !== null) {
    const hints = newCustomers.map((key) => ({ kind: "rescore" as const, key, priority: rescore }));
    await store.work.mark(hints, now());
  }
  await followTasks(context, idsOf(refs, "task"));
}

/** Gives the customers about which nothing was decided yet. */
async function refreshCompanies(refresh: Refresh, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { hubspot, store, rules, rescore, now } = refresh;
  const { found, missing } = await hubspot.readRecords("company", ids, mirroredProperties(rules).company);
  const { customers, strangers } = await sortCompanies(refresh, found);
  const known = await store.mirror.knownCompanies([...missing, ...strangers.map(({ id }) => id)]);
  await store.mirror.removeCompanies(
    missing.filter((id) => known.has(id)),
    rescore ?? "sweep",
    now(),
  );
  // One that is no customer any more is kept for its decision, which closes its tasks.
  const kept = [...customers, ...strangers.filter(({ id }) => known.has(id))].map(({ id, properties }) => ({
    id,
    properties: pickMirrored(rules, "company", properties),
  }));
  const undecided = new Set(await store.mirror.saveCompanies(kept, rescore, now()));
  return customers.flatMap(({ id }) => (undecided.has(id) ? [id] : []));
}

async function refreshChildren(refresh: Refresh, type: ChildType, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { hubspot, store, rules, rescore, readable, now } = refresh;
  const { found, missing } = await hubspot.readRecords(type, ids, mirroredProperties(rules)[type]);
  const foundIds = found.map(({ id }) => id);
  const companies = await hubspot.readLinks(type, "company", foundIds);
  const orphans =
    type === "contact" || !readable.includes("contact") ? [] : foundIds.filter((id) => !companies.has(id));
  const contacts = orphans.length > 0 ? await hubspot.readLinks(type, "contact", orphans) : new Map<string, Linked[]>();
  const records = found.map(({ id, properties }): MirroredRecord => {
    const links = [
      ...(companies.get(id) ?? []).map((link) => ({ toType: "company" as const, ...link })),
      ...(contacts.get(id) ?? []).map((link) => ({ toType: "contact" as const, ...link })),
    ];
    return { id, properties: pickMirrored(rules, type, properties), links };
  });
  if (type === "contact") await markRecordsOfNewContacts(refresh, records);
  await store.mirror.saveRecords(type, records, rescore, now());
  await store.mirror.removeRecords(type, missing, rescore, now());
}

/**
 * What belongs to a customer only through a contact was nobody's before the contact was. Marked before the contact is
 * saved: were it after, a crash in between would leave nobody who knows that the contact is new.
 */
async function markRecordsOfNewContacts(refresh: Refresh, contacts: readonly MirroredRecord[]): Promise<void> {
  const { store, rescore, readable, now } = refresh;
  const customers = await store.mirror.knownCompanies(contacts.flatMap(({ links }) => links.map(({ toId }) => toId)));
  const ofCustomers = contacts.filter(({ links }) => links.some(({ toId }) => customers.has(toId)));
  const ids = ofCustomers.map(({ id }) => id);
  const known = await store.mirror.knownRecords("contact", ids);
  const newIds = ids.filter((id) => !known.has(id));
  const refs = await findRecordsOfContacts(refresh, newIds, readable);
  const hints = refs.map((ref) => ({ kind: "refresh" as const, key: refreshKey(ref), priority: rescore ?? "sweep" }));
  await store.work.mark(hints, now());
}

function idsOf(refs: readonly RecordRef[], wanted: RecordType): string[] {
  return refs.flatMap(({ type, id }) => (type === wanted ? [id] : []));
}
