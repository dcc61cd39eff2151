import { findRecordsOfContacts } from "./find-children.ts";
import type { ReadRecords } from "./hubspot-port.ts";
import { pickMirrored } from "./mirrored-properties.ts";
import { refreshKey } from "./pipeline-context.ts";
import { mirroredTypes } from "./record-sources.ts";
import type { Refresh } from "./save-found-companies.ts";
import type { ChildType, MirroredRecord } from "./store-port.ts";

/**
 * Reads the links of records that HubSpot showed, saves those that belong to customers, and forgets those that do not
 * any more or that it does not show. `followed` are contacts whose records are being read anyway.
 */
export async function saveFoundChildren(
  refresh: Refresh,
  type: ChildType,
  { found, missing }: ReadRecords,
  followed: ReadonlySet<string> = new Set(),
): Promise<void> {
  const { hubspot, store, rules, rescore, readable, now } = refresh;
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
  if (type === "contact") {
    await markRecordsOfNewContacts(
      refresh,
      records.filter(({ id }) => !followed.has(id)),
    );
  }
  if (records.length > 0) await store.mirror.saveRecords(type, records, rescore, now());
  if (missing.length > 0) await store.mirror.removeRecords(type, missing, rescore, now());
}

/**
 * What belongs to a customer only through a contact was nobody's before the contact was. Marked before the contact is
 * saved: were it after, a crash in between would leave nobody who knows that the contact is new.
 */
async function markRecordsOfNewContacts(refresh: Refresh, contacts: readonly MirroredRecord[]): Promise<void> {
  if (contacts.length === 0) return;
  const { store, rules, rescore, now } = refresh;
  const customers = await store.mirror.knownCompanies(contacts.flatMap(({ links }) => links.map(({ toId }) => toId)));
  const ofCustomers = contacts.filter(({ links }) => links.some(({ toId }) => customers.has(toId)));
  const ids = ofCustomers.map(({ id }) => id);
  const known = await store.mirror.knownRecords("contact", ids);
  const newIds = ids.filter((id) => !known.has(id));
  const refs = await findRecordsOfContacts(refresh, newIds, mirroredTypes(rules));
  const hints = refs.map((ref) => ({ kind: "refresh" as const, key: refreshKey(ref), priority: rescore ?? "sweep" }));
  await store.work.mark(hints, now());
}
