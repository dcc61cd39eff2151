import { findAssociationType, nameAssociation } from "../portal/association-types.ts";
import { findObjectType, type ObjectType } from "../portal/object-types.ts";
import type { Portal } from "../portal/portal.ts";
import type { PortalRecord } from "../portal/record-store.ts";
import { ApiError } from "./api-error.ts";
import { pageOfLinks } from "./page-of-links.ts";

const INLINE_LIMIT = 100;

/** The types that `associations=` of a read names. */
export function parseAssociations(names: readonly string[]): ObjectType[] {
  return names.map((name) => {
    const type = findObjectType(name);
    if (!type) throw new ApiError(400, `Unable to infer object type from: ${name}`);
    return type;
  });
}

/**
 * A record's links as a read shows them inline: one row per link and association type, so that a primary link has two
 * (`ticket_to_company`, `ticket_to_company_unlabeled`). Types without links are left out.
 */
export function showAssociations(
  portal: Portal,
  record: PortalRecord,
  toTypes: readonly ObjectType[],
  baseUrl: string,
) {
  const shown = toTypes.flatMap((toType) => {
    const { links, after } = pageOfLinks(portal, record, toType, 0, INLINE_LIMIT);
    if (links.length === 0) return [];
    const results = links.flatMap(({ id, typeIds }) =>
      typeIds.flatMap((typeId) => {
        const type = findAssociationType(typeId);
        return type ? [{ id, type: nameAssociation(type) }] : [];
      }),
    );
    const link = `${baseUrl}/crm/v4/objects/${record.type.plural}/${record.id}/associations/${toType.plural}?after=${after}`;
    return [[toType.plural, { results, ...(after === null ? {} : { paging: { next: { after, link } } }) }] as const];
  });
  return shown.length > 0 ? { associations: Object.fromEntries(shown) } : {};
}
