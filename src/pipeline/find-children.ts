import type { PipelineContext, RecordRef } from "./pipeline-context.ts";
import type { ReadableTypes } from "./readable-types.ts";
import { mirroredTypes } from "./record-sources.ts";
import type { ChildType } from "./store-port.ts";

type Search = Pick<PipelineContext, "hubspot" | "rules"> & { readable: ReadableTypes };

/**
 * The records that may belong to companies: those linked to them, and those linked to their contacts, which belong to
 * the contact's company where they have none of their own.
 */
export async function findChildren(search: Search, companyIds: readonly string[]): Promise<RecordRef[]> {
  const linked: RecordRef[] = [];
  for (const type of mirroredTypes(search.rules))
    linked.push(...(await findLinked(search, "company", companyIds, type)));
  const contactIds = linked.flatMap(({ type, id }) => (type === "contact" ? [id] : []));
  return [...linked, ...(await findRecordsOfContacts(search, contactIds))];
}

/** The records that are linked to contacts. */
export async function findRecordsOfContacts(search: Search, contactIds: readonly string[]): Promise<RecordRef[]> {
  const linked: RecordRef[] = [];
  for (const type of mirroredTypes(search.rules)) {
    if (type !== "contact") linked.push(...(await findLinked(search, "contact", contactIds, type)));
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
