import type { RecordRef } from "../portal/link-store.ts";
import type { ObjectType } from "../portal/object-types.ts";
import type { Portal } from "../portal/portal.ts";

export type LinkRow = { id: string; typeIds: readonly number[] };

/**
 * One page of a record's links to live records, in order of the other record's id, which must exceed `after`.
 * `after` of the answer is the last id of the page, or null when nothing follows. An id that was merged away has no
 * links any more; that they are not followed to the new record is a guess, HubSpot does not say.
 */
export function pageOfLinks(
  portal: Portal,
  from: RecordRef,
  toType: ObjectType,
  after: number,
  limit: number,
): { links: LinkRow[]; after: string | null } {
  const rows: LinkRow[] = [];
  for (const [id, typeIds] of portal.links.of(from, toType))
    if (Number(id) > after && portal.records.findLive(toType, id)) rows.push({ id, typeIds });
  rows.sort((a, b) => Number(a.id) - Number(b.id));
  const links = rows.slice(0, limit);
  return { links, after: rows.length > limit ? (links.at(-1)?.id ?? null) : null };
}
