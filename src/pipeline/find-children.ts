import { refreshKey, type PipelineContext, type RecordRef } from "./pipeline-context.ts";
import type { ReadableTypes } from "./readable-types.ts";
import type { ChildType } from "./store-port.ts";

type Search = Pick<PipelineContext, "hubspot"> & { readable: ReadableTypes };

/**
 * The records of these types that may belong to companies: those linked to them, and those linked to their contacts,
 * which belong to the contact's company where they have none of their own.
 */
export async function findChildren(
  search: Search,
  companyIds: readonly string[],
  types: readonly ChildType[],
): Promise<RecordRef[]> {
  if (types.length === 0) return [];
  const contacts = await findLinked(search, "company", companyIds, "contact");
  let linked = types.includes("contact") ? contacts : [];
  for (const type of types) {
    if (type !== "contact") linked = linked.concat(await findLinked(search, "company", companyIds, type));
  }
  const contactIds = [...new Set(contacts.map(({ id }) => id))];
  const all = [...linked, ...(await findRecordsOfContacts(search, contactIds, types))];
  return [...new Map(all.map((ref) => [refreshKey(ref), ref])).values()];
}

/** The records of these types that are linked to contacts. */
export async function findRecordsOfContacts(
  search: Search,
  contactIds: readonly string[],
  types: readonly ChildType[],
): Promise<RecordRef[]> {
  let linked: RecordRef[] = [];
  for (const type of types) {
    if (type !== "contact") linked = linked.concat(await findLinked(search, "contact", contactIds, type));
  }
  return linked;
}

/** The other end was read just now: where HubSpot forbids the links, it is this type that may not be read. */
async function findLinked(
  { hubspot, readable }: Search,
  from: "company" | "contact",
  ids: readonly string[],
  type: ChildType,
): Promise<RecordRef[]> {
  if (ids.length === 0) return [];
  const links = await readable.read(type, () => hubspot.readLinks(from, type, ids));
  return [...(links?.values() ?? [])].flat().map(({ toId: id }) => ({ type, id }));
}
