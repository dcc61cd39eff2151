import type { PipelineContext } from "./pipeline-context.ts";
import type { HistoryRow } from "./store-port.ts";

/** As many as the adapter has under way at once. */
const RANGE = 200;

/** Reads what HubSpot tells of the past of properties, of these companies, and saves it in the mirror. */
export async function fillHistories(
  { hubspot, store }: Pick<PipelineContext, "hubspot" | "store">,
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

/** The same of every mirrored company. */
export async function fillAllHistories(
  context: Pick<PipelineContext, "hubspot" | "store">,
  properties: readonly string[],
): Promise<void> {
  if (properties.length === 0) return;
  for (let after = ""; ;) {
    const ids = await context.store.mirror.companiesAfter(after, RANGE);
    const last = ids.at(-1);
    if (last === undefined) return;
    await fillHistories(context, ids, properties);
    after = last;
  }
}
