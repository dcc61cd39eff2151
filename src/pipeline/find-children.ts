import type { PipelineContext, RecordRef } from "./pipeline-context.ts";
import type { ChildType } from "./store-port.ts";

/**
 * The records of these types that may belong to companies: those linked to them, and those linked to their contacts,
 * which belong to the contact's company where they have none of their own.
 */
export async function findChildren(
  context: PipelineContext,
  companyIds: readonly string[],
  types: readonly ChildType[],
): Promise<RecordRef[]> {
  const linked: RecordRef[] = [];
  for (const type of types) linked.push(...(await findLinked(context, "company", companyIds, type)));
  const contactIds = linked.flatMap(({ type, id }) => (type === "contact" ? [id] : []));
  return [...linked, ...(await findRecordsOfContacts(context, contactIds, types))];
}

/** The records of these types that are linked to contacts. */
export async function findRecordsOfContacts(
  context: PipelineContext,
  contactIds: readonly string[],
  types: readonly ChildType[],
): Promise<RecordRef[]> {
  const linked: RecordRef[] = [];
  for (const type of types) {
    if (type !== "contact") linked.push(...(await findLinked(context, "contact", contactIds, type)));
  }
  return linked;
}

async function findLinked(
  { hubspot }: PipelineContext,
  from: "company" | "contact",
  ids: readonly string[],
  type: ChildType,
): Promise<RecordRef[]> {
  if (ids.length === 0) return [];
  const links = await hubspot.readLinks(from, type, ids);
  return [...links.values()].flat().map(({ toId: id }) => ({ type, id }));
}
