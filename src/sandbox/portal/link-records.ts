import { type AssociationType, findAssociationType, findPrimaryType, findUnlabelledType } from "./association-types.ts";
import type { RecordRef } from "./link-store.ts";
import { objectTypes } from "./object-types.ts";
import type { Author, Portal } from "./portal.ts";

/**
 * Links two records with these association types, seen from `from`. A primary type brings the unlabelled one and takes
 * primacy from the company that had it: a contact, ticket or deal has at most one primary company. An id that was
 * merged away stands for the record that it went into; with one that no record has, nothing is linked.
 * https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide#primary-company-associations
 */
export function linkRecords(
  portal: Portal,
  oneEnd: RecordRef,
  otherEnd: RecordRef,
  typeIds: readonly number[],
  author: Author,
): void {
  const [from, to] = [findEnd(portal, oneEnd), findEnd(portal, otherEnd)];
  if (!from || !to) return;
  for (const typeId of typeIds) {
    const type = findAssociationType(typeId);
    if (!type) throw new RangeError(`no association type ${typeId}`);
    const plain = findUnlabelledType(type.from, type.to);
    if (plain) setLink(portal, from, to, plain, author);
    if (type.primary) makePrimary(portal, from, to, type, author);
    else if (isFirstCompanyOfContact(portal, from, to)) linkPrimary(portal, from, to, author);
  }
}

/** Removes every link between two records, in both directions. */
export function unlinkRecords(portal: Portal, oneEnd: RecordRef, otherEnd: RecordRef, author: Author): void {
  const [from, to] = [findEnd(portal, oneEnd), findEnd(portal, otherEnd)];
  if (!from || !to) return;
  for (const typeId of portal.links.typesBetween(from, to)) dropLink(portal, from, to, typeId, author);
}

/** Makes links as another record had them: exactly these types, without what making a new link brings along. */
export function takeOverLink(
  portal: Portal,
  from: RecordRef,
  to: RecordRef,
  typeIds: readonly number[],
  author: Author,
): void {
  for (const typeId of typeIds) {
    const type = findAssociationType(typeId);
    if (type) setLink(portal, from, to, type, author);
  }
}

function findEnd(portal: Portal, { type, id }: RecordRef): RecordRef | undefined {
  return portal.records.find(type, id);
}

function linkPrimary(portal: Portal, from: RecordRef, to: RecordRef, author: Author): void {
  const primary = findPrimaryType(from.type, to.type);
  if (primary) makePrimary(portal, from, to, primary, author);
}

function makePrimary(portal: Portal, from: RecordRef, to: RecordRef, type: AssociationType, author: Author): void {
  const [owner, company] = to.type.id === objectTypes.company.id ? [from, to] : [to, from];
  const primary = findPrimaryType(owner.type, company.type);
  if (!primary) throw new RangeError(`no primary ${owner.type.singular} to ${company.type.singular}`);
  for (const [companyId, typeIds] of portal.links.of(owner, company.type)) {
    const former = { type: company.type, id: companyId };
    if (companyId !== company.id && typeIds.includes(primary.typeId))
      dropLink(portal, owner, former, primary.typeId, author);
  }
  setLink(portal, from, to, type, author);
}

/** HubSpot makes a contact's first company its primary one even when the link is asked for without a label. */
function isFirstCompanyOfContact(portal: Portal, from: RecordRef, to: RecordRef): boolean {
  const [contact, company] = from.type.id === objectTypes.contact.id ? [from, to] : [to, from];
  return (
    contact.type.id === objectTypes.contact.id &&
    company.type.id === objectTypes.company.id &&
    portal.links.of(contact, company.type).size === 1
  );
}

function setLink(portal: Portal, from: RecordRef, to: RecordRef, type: AssociationType, author: Author): void {
  addType(portal, from, to, type.typeId, author);
  addType(portal, to, from, type.reverseTypeId, author);
}

function addType(portal: Portal, from: RecordRef, to: RecordRef, typeId: number, author: Author): void {
  const typeIds = portal.links.typesBetween(from, to);
  if (typeIds.includes(typeId)) return;
  const isPrimary = findAssociationType(typeId)?.primary ?? false;
  portal.links.setTypes(from, to, isPrimary ? [typeId, ...typeIds] : [...typeIds, typeId]);
  portal.announce({ kind: "associationChange", from, to, typeId, removed: false, author });
}

function dropLink(portal: Portal, from: RecordRef, to: RecordRef, typeId: number, author: Author): void {
  removeType(portal, from, to, typeId, author);
  const reverse = findAssociationType(typeId)?.reverseTypeId;
  if (reverse !== undefined) removeType(portal, to, from, reverse, author);
}

function removeType(portal: Portal, from: RecordRef, to: RecordRef, typeId: number, author: Author): void {
  const typeIds = portal.links.typesBetween(from, to);
  if (!typeIds.includes(typeId)) return;
  portal.links.setTypes(
    from,
    to,
    typeIds.filter((present) => present !== typeId),
  );
  portal.announce({ kind: "associationChange", from, to, typeId, removed: true, author });
}
