import { fillHistories } from "./fill-histories.ts";
import { findChildren } from "./find-children.ts";
import { followTasks } from "./follow-tasks.ts";
import type { ReadRecords, RecordType } from "./hubspot-port.ts";
import { mirroredProperties } from "./mirrored-properties.ts";
import type { PipelineContext, RecordRef } from "./pipeline-context.ts";
import { openReadableTypes } from "./readable-types.ts";
import { mirroredTypes } from "./record-sources.ts";
import { saveFoundChildren } from "./save-found-children.ts";
import { saveFoundCompanies, type Refresh } from "./save-found-companies.ts";
import type { ChildType, Priority } from "./store-port.ts";

/** A refresh by the types that the token may read now. */
export async function openRefresh(context: PipelineContext, rescore: Priority | null): Promise<Refresh> {
  return { ...context, rescore, readable: await openReadableTypes(context) };
}

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
  const refresh = await openRefresh(context, rescore);

  const newCustomers = (await refreshCompanies(refresh, idsOf(refs, "company"))).incomplete;
  const children = await findChildren(refresh, newCustomers, mirroredTypes(rules));
  const followed = new Set(idsOf(children, "contact"));
  const all = [...refs, ...children];
  // Contacts come before what may belong to a company only through them.
  for (const type of mirroredTypes(rules)) await refreshChildren(refresh, type, idsOf(all, type), followed);
  await fillHistories(context, newCustomers, rules.reads.history);
  if (newCustomers.length > 0) await store.mirror.completeCompanies(newCustomers, rescore, now());
  await followTasks(context, idsOf(refs, "task"));
}

/**
 * Reads companies and saves the customers among them. Gives what HubSpot showed, with the properties `more` too, and the
 * customers whose records are still to be read.
 */
export async function refreshCompanies(
  refresh: Refresh,
  ids: readonly string[],
  more: readonly string[] = [],
): Promise<ReadRecords & { incomplete: string[] }> {
  if (ids.length === 0) return { found: [], missing: [], incomplete: [] };
  const properties = [...mirroredProperties(refresh.rules, "company"), ...more];
  const read = await refresh.hubspot.readRecords("company", ids, properties);
  return { ...read, incomplete: await saveFoundCompanies(refresh, read) };
}

/**
 * Reads records of a type with their links, and saves those of customers; HubSpot may forbid the type by now. `followed`
 * are contacts whose records are being read anyway.
 */
export async function refreshChildren(
  refresh: Refresh,
  type: ChildType,
  ids: readonly string[],
  followed?: ReadonlySet<string>,
): Promise<void> {
  if (ids.length === 0) return;
  const { hubspot, rules, readable } = refresh;
  const read = await readable.read(type, () => hubspot.readRecords(type, ids, mirroredProperties(rules, type)));
  if (read) await saveFoundChildren(refresh, type, read, followed);
}

function idsOf(refs: readonly RecordRef[], wanted: RecordType): string[] {
  return refs.flatMap(({ type, id }) => (type === wanted ? [id] : []));
}
