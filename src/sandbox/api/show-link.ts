import { type AssociationType, findAssociationType } from "../portal/association-types.ts";
import type { RecordRef } from "../portal/link-store.ts";
import type { LinkRow } from "./page-of-links.ts";

/** `toObjectId` is a number on the wire, although HubSpot's own client types it as a string. */
export function showLink({ id, typeIds }: LinkRow) {
  return {
    toObjectId: Number(id),
    associationTypes: typeIds.map((typeId) => ({
      category: "HUBSPOT_DEFINED",
      typeId,
      label: findAssociationType(typeId)?.primary ? "Primary" : null,
    })),
  };
}

/** What creating a link with given types answers. HubSpot-defined types have no labels to list. */
export function showLabels(from: RecordRef, to: RecordRef) {
  return {
    fromObjectTypeId: from.type.id,
    fromObjectId: Number(from.id),
    toObjectTypeId: to.type.id,
    toObjectId: Number(to.id),
    labels: [],
  };
}

/** What creating a default link answers: one row for each direction. */
export function showDefaultLinks(from: RecordRef, to: RecordRef, type: AssociationType) {
  const row = (start: RecordRef, end: RecordRef, associationTypeId: number) => ({
    from: { id: start.id },
    to: { id: end.id },
    associationSpec: { associationCategory: "HUBSPOT_DEFINED", associationTypeId },
  });
  return [row(from, to, type.typeId), row(to, from, type.reverseTypeId)];
}
