import { isoDateOfDay } from "../scoring/time/calendar.ts";
import { sayDate, wordsOf } from "../scoring/words/words.ts";
import type { PortalRecord } from "./hubspot-port.ts";
import { pickMirrored } from "./mirrored-properties.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { sortCompanies } from "./sort-companies.ts";
import type { Priority } from "./store-port.ts";

/**
 * Makes one of each of these companies and those that were merged into it, where the mirror holds any of those; to be
 * called before the companies are saved, and before those that HubSpot shows no more are removed. The merged one comes
 * back from `saveCompanies` as one that is not complete. One that is no customer any more is complete as it is: nobody
 * reads its records, and its decision, which closes its tasks, would wait for them for ever. `unshown` are properties of
 * which HubSpot said nothing.
 */
export async function mergeCompanies(
  context: PipelineContext,
  companies: readonly PortalRecord[],
  priority: Priority,
  unshown: readonly string[],
): Promise<void> {
  const merged = companies.filter(({ mergedIds }) => mergedIds.length > 0);
  if (merged.length === 0) return;
  const { store, rules, log, now } = context;
  const { language } = rules.ruleset;
  const date = sayDate(isoDateOfDay(rules.calendar.dayOf(now().getTime())), language);
  const closingReason = wordsOf(language).merged(date);
  for (const { id, mergedIds } of merged) {
    const gone = await store.identities.merge({ id, mergedIds, closingReason, priority }, now());
    if (gone.length > 0) log.info({ company: id, merged: gone }, "companies were merged");
  }

  const { strangers } = await sortCompanies(context, merged);
  const known = await store.mirror.knownCompanies(strangers.map(({ id }) => id));
  const left = strangers.filter(({ id }) => known.has(id));
  if (left.length === 0) return;
  const saved = left.map(({ id, properties, modifiedAt }) => {
    return { id, properties: pickMirrored(rules, "company", properties, unshown), modifiedAt };
  });
  await store.mirror.saveCompanies(saved, null, now());
  await store.mirror.completeCompanies([...known], priority, now());
}
