import { findPrimaryType } from "./association-types.ts";
import { takeOverLink, unlinkRecords } from "./link-records.ts";
import type { RecordRef } from "./link-store.ts";
import { allObjectTypes, type ObjectType, objectTypes } from "./object-types.ts";
import type { Author, Portal } from "./portal.ts";
import type { PortalRecord } from "./record-store.ts";

type KeptLink = { to: RecordRef; typeIds: readonly number[] };

const MERGED_IDS = "hs_merged_object_ids";

/**
 * Merges two live records of one type into a new one, with an id of its own: the values of the primary, and those of
 * the other where the primary has none, each with its history; the links of both. The two are gone, and their ids lead
 * to the new one. https://developers.hubspot.com/changelog/updated-merge-functionality
 */
export function mergeRecords(portal: Portal, primary: PortalRecord, other: PortalRecord, author: Author): PortalRecord {
  const { type } = primary;
  const moved = Object.keys(other.properties).filter((name) => !(name in primary.properties));
  const fromOther = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => moved.includes(name)));
  const record: PortalRecord = {
    type,
    id: portal.records.nextId(type),
    properties: { ...fromOther(other.properties), ...primary.properties },
    history: { ...primary.history, ...fromOther(other.history) },
    createdAt: Math.min(primary.createdAt, other.createdAt),
    updatedAt: author.at,
    archivedAt: null,
  };
  record.properties[MERGED_IDS] = [primary.id, other.id, ...mergedIdsOf(primary), ...mergedIdsOf(other)].join(";");

  const links = gatherLinks(portal, primary, other);
  for (const merged of [primary, other]) {
    for (const { to } of linksOf(portal, merged)) unlinkRecords(portal, merged, to, author);
    portal.records.remove(merged);
    portal.records.putMerged({ typeId: type.id, id: merged.id, into: record.id });
  }
  portal.records.put(record);
  for (const { to, typeIds } of links) takeOverLink(portal, record, to, typeIds, author);
  portal.announce({
    kind: "merge",
    record,
    primaryId: primary.id,
    mergedId: other.id,
    moved: moved.filter((name) => name !== MERGED_IDS).length,
    author,
  });
  return record;
}

/** How many merges a record has come of: each leaves two ids behind. */
export function countMerges(record: PortalRecord): number {
  return mergedIdsOf(record).length / 2;
}

function mergedIdsOf(record: PortalRecord): string[] {
  return record.properties[MERGED_IDS]?.split(";") ?? [];
}

/** The links of both; where both are linked to one record, the types of both. A second primary company loses primacy. */
function gatherLinks(portal: Portal, primary: PortalRecord, other: PortalRecord): KeptLink[] {
  const links = linksOf(portal, primary);
  for (const { to, typeIds } of linksOf(portal, other)) {
    const rival = to.type.id === objectTypes.company.id ? findPrimaryType(primary.type, to.type)?.typeId : undefined;
    const hasPrimary = rival !== undefined && links.some((link) => link.typeIds.includes(rival));
    const taken = hasPrimary ? typeIds.filter((typeId) => typeId !== rival) : typeIds;
    const same = links.find((link) => link.to.type.id === to.type.id && link.to.id === to.id);
    if (same) same.typeIds = [...new Set([...taken, ...same.typeIds])];
    else links.push({ to, typeIds: taken });
  }
  return links;
}

function linksOf(portal: Portal, record: PortalRecord): KeptLink[] {
  const toType = (type: ObjectType) =>
    Array.from(portal.links.of(record, type), ([id, typeIds]) => ({ to: { type, id }, typeIds }));
  return allObjectTypes.flatMap(toType);
}
