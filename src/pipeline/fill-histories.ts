import type { PipelineContext } from "./pipeline-context.ts";
import type { HistoryRow } from "./store-port.ts";

/** As many as the adapter has under way at once. */
const RANGE = 200;

type Filling = Pick<PipelineContext, "hubspot" | "store">;

/** Reads what HubSpot tells of the past of properties, of these companies, and saves it in the mirror. */
export async function fillHistories(
  { hubspot, store }: Filling,
  companyIds: readonly string[],
  properties: readonly string[],
): Promise<void> {
  if (companyIds.length === 0 || properties.length === 0) return;
  const histories = await hubspot.readHistory("company", companyIds, properties);
  const rows = [...histories].flatMap(([companyId, history]) =>
    Object.entries(history).flatMap(([property, past]) =>
      past.map(({ at, value }): HistoryRow => ({ companyId, property, at, value })),
    ),
  );
  await store.mirror.saveHistory(rows);
}

/** The same of every mirrored company after one, in order of id; `keep` is told of each that all before it are done. */
export async function fillAllHistories(
  filling: Filling,
  properties: readonly string[],
  { after: from, keep }: { after: string; keep: (after: string) => Promise<void> },
): Promise<void> {
  for (let after = from; ;) {
    const ids = await filling.store.mirror.companiesAfter(after, RANGE);
    const last = ids.at(-1);
    if (last === undefined) return;
    await fillHistories(filling, ids, properties);
    after = last;
    await keep(after);
  }
}
