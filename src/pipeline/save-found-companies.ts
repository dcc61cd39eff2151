import type { ReadRecords } from "./hubspot-port.ts";
import { mergeCompanies } from "./merge-companies.ts";
import { pickMirrored } from "./mirrored-properties.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { ReadableTypes } from "./readable-types.ts";
import { sortCompanies } from "./sort-companies.ts";
import type { Priority } from "./store-port.ts";

/** With `rescore`, the companies whose facts change are marked. */
export type Refresh = PipelineContext & { rescore: Priority | null; readable: ReadableTypes };

/**
 * Saves those of companies that HubSpot showed that are or were customers, and forgets those that it does not show any
 * more. `unshown` are properties of which it said nothing. Gives the customers whose records are still to be read.
 */
export async function saveFoundCompanies(
  refresh: Refresh,
  { found, missing }: ReadRecords,
  unshown: readonly string[] = [],
): Promise<string[]> {
  const { store, rules, rescore, now } = refresh;
  await mergeCompanies(refresh, found, rescore ?? "sweep", unshown);
  const { customers, strangers } = await sortCompanies(refresh, found);
  const known = await store.mirror.knownCompanies([...missing, ...strangers.map(({ id }) => id)]);
  const gone = missing.filter((id) => known.has(id));
  if (gone.length > 0) await store.mirror.removeCompanies(gone, rescore ?? "sweep", now());
  // One that is no customer any more is kept for its decision, which closes its tasks.
  const kept = [...customers, ...strangers.filter(({ id }) => known.has(id))].map(({ id, properties, modifiedAt }) => ({
    id,
    properties: pickMirrored(rules, "company", properties, unshown),
    modifiedAt,
  }));
  if (kept.length === 0) return [];
  const incomplete = new Set(await store.mirror.saveCompanies(kept, rescore, now(), rules.reads.history));
  return customers.flatMap(({ id }) => (incomplete.has(id) ? [id] : []));
}
