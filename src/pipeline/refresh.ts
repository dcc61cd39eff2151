import { fillHistories } from "./fill-histories.ts";
import { findChildren, findRecordsOfContacts } from "./find-children.ts";
import { followTasks } from "./follow-tasks.ts";
import type { RecordType } from "./hubspot-port.ts";
import { mirroredProperties, pickMirrored } from "./mirrored-properties.ts";
import { refreshKey, type PipelineContext, type RecordRef } from "./pipeline-context.ts";
import { mirroredTypes } from "./record-sources.ts";
import { openReadableTypes, type ReadableTypes } from "./readable-types.ts";
import { sortCompanies } from "./sort-companies.ts";
import type { ChildType, MirroredRecord, Priority } from "./store-port.ts";

type Refresh = PipelineContext & { rescore: Priority | null; readable: ReadableTypes };

/**
 * Reads records of any types again, with their links, and saves what is new in the mirror. With `rescore`, the
 * companies whose facts changed are marked. All records of a company that has become a customer are read too, and the
 * past of its properties, before it is complete and marked: its first score must not be one without them. Types that the
 * rules do not name, or the token may not read, are passed over.
 */
export async function refreshRecords(
  context: PipelineContext,
  refs: readonly RecordRef[],
  rescore: Priority | null,
): Promise<void> {
  const { store, rules, now } = context;
  const refresh = { ...context, rescore, readable: await openReadableTypes(context) };

  const newCustomers = await refreshCompanies(refresh, idsOf(refs, "company"));
  const all = [...refs, ...(await findChildren(refresh, newCustomers))];
  // Contacts come before what may belong to a company only through them.
  for (const type of mirroredTypes(rules)) await refreshChildren(refresh, type, idsOf(all, type));
  await fillHistories(context, newCustomers, rules.reads.history);
  if (newCustomers.length > 0) await store.mirror.completeCompanies(newCustomers, rescore, now());
  await followTasks(context, idsOf(refs, "task"));
}

/** Gives the customers whose records are still to be read. */
async function refreshCompanies(refresh: Refresh, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { hubspot, store, rules, rescore, now } = refresh;
  const { found, missing } = await hubspot.readRecords("company", ids, mirroredProperties(rules, "company"));
  const { customers, strangers } = await sortCompanies(refresh, found);
  const known = await store.mirror.knownCompanies([...missing, ...strangers.map(({ id }) => id)]);
  await store.mirror.removeCompanies(
    missing.filter((id) => known.has(id)),
    rescore ?? "sweep",
    now(),
  );
  // One that is no customer any more is kept for its decision, which closes its tasks.
  const kept = [...customers, ...strangers.filter(({ id }) => known.has(id))].map(({ id, properties, modifiedAt }) => ({
    id,
    properties: pickMirrored(rules, "company", properties),
    modifiedAt,
  }));
  const incomplete = new Set(await store.mirror.saveCompanies(kept, rescore, now(), rules.reads.history));
  return customers.flatMap(({ id }) => (incomplete.has(id) ? [id] : []));
}

async function refreshChildren(refresh: Refresh, type: ChildType, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { hubspot, store, rules, rescore, readable, now } = refresh;
  const answer = await readable.read(type, () => hubspot.readRecords(type, ids, mirroredProperties(rules, type)));
  if (!answer) return;
  const { found, missing } = answer;
  const foundIds = found.map(({ id }) => id);
  const companies = await hubspot.readLinks(type, "company", foundIds);
  const orphans = type === "contact" ? [] : foundIds.filter((id) => !companies.has(id));
  const contacts =
    orphans.length > 0 ? await readable.read("contact", () => hubspot.readLinks(type, "contact", orphans)) : null;
  const records = found.map(({ id, properties, modifiedAt }): MirroredRecord => {
    const links = [
      ...(companies.get(id) ?? []).map((link) => ({ toType: "company" as const, ...link })),
      ...(contacts?.get(id) ?? []).map((link) => ({ toType: "contact" as const, ...link })),
    ];
    return { id, properties: pickMirrored(rules, type, properties), modifiedAt, links };
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
  const { store, rescore, now } = refresh;
  const customers = await store.mirror.knownCompanies(contacts.flatMap(({ links }) => links.map(({ toId }) => toId)));
  const ofCustomers = contacts.filter(({ links }) => links.some(({ toId }) => customers.has(toId)));
  const ids = ofCustomers.map(({ id }) => id);
  const known = await store.mirror.knownRecords("contact", ids);
  const newIds = ids.filter((id) => !known.has(id));
  const refs = await findRecordsOfContacts(refresh, newIds);
  const hints = refs.map((ref) => ({ kind: "refresh" as const, key: refreshKey(ref), priority: rescore ?? "sweep" }));
  await store.work.mark(hints, now());
}

function idsOf(refs: readonly RecordRef[], wanted: RecordType): string[] {
  return refs.flatMap(({ type, id }) => (type === wanted ? [id] : []));
}
