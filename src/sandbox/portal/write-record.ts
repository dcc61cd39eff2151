import type { PropertyValues } from "./check-properties.ts";
import { defaultValues, followingValues } from "./complete-values.ts";
import { linkRecords } from "./link-records.ts";
import type { RecordRef } from "./link-store.ts";
import { type ObjectType, objectTypes } from "./object-types.ts";
import type { Author, Portal } from "./portal.ts";
import type { PortalRecord } from "./record-store.ts";
import { linkedRecords } from "./roll-ups.ts";

/** A link to be made with a new record; the association type ids are those seen from the new record. */
export type NewLink = { to: RecordRef; typeIds: readonly number[] };

/** As many as HubSpot tells of most objects. */
const VERSIONS_KEPT = 20;

/**
 * Makes a record with its links. A task that is made or written moves the last-modified date of the companies it is
 * linked to; no other record, no link and no deletion does: that is what HubSpot's activity roll-ups amount to, and what
 * a watermark on that date can and cannot see.
 */
export function createRecord(
  portal: Portal,
  type: ObjectType,
  values: PropertyValues,
  author: Author,
  links: readonly NewLink[] = [],
): PortalRecord {
  const isApp = author.changeSource === "INTEGRATION";
  const record: PortalRecord = {
    type,
    id: portal.records.nextId(type),
    properties: {
      hs_object_source: author.changeSource,
      hs_object_source_id: author.sourceId,
      hs_object_source_label: isApp ? "INTEGRATION" : author.changeSource,
    },
    history: {},
    createdAt: author.at,
    updatedAt: author.at,
    archivedAt: null,
  };
  const names = setValues(record, { ...defaultValues(type.id, values), ...values }, author);
  portal.records.put(record);
  portal.announce({ kind: "creation", record, names, author });
  for (const link of links) linkRecords(portal, record, link.to, link.typeIds, author);
  touchCompaniesOfTask(portal, record, author.at);
  return record;
}

/** Writes values and gives the names of those that changed. Any write moves the last-modified date. */
export function updateRecord(portal: Portal, record: PortalRecord, values: PropertyValues, author: Author): string[] {
  portal.records.beforeChange(record);
  const names = setValues(record, values, author);
  touch(record, author.at);
  touchCompaniesOfTask(portal, record, author.at);
  if (names.length > 0) portal.announce({ kind: "propertyChange", record, names, author });
  return names;
}

/** Archives a live record. Its links stay, unseen, so that a restored record would have them again. */
export function archiveRecord(portal: Portal, record: PortalRecord, author: Author): void {
  portal.records.archive(record, author.at);
  portal.announce({ kind: "deletion", record, author });
}

function setValues(record: PortalRecord, values: PropertyValues, author: Author): string[] {
  const changed: string[] = [];
  for (const [name, value] of Object.entries({ ...values, ...followingValues(record, values, author.at) })) {
    if ((record.properties[name] ?? null) === value) continue;
    if (value === null) Reflect.deleteProperty(record.properties, name);
    else record.properties[name] = value;
    record.history[name] = [{ value, author }, ...(record.history[name] ?? [])].slice(0, VERSIONS_KEPT);
    changed.push(name);
  }
  return changed;
}

function touchCompaniesOfTask(portal: Portal, record: PortalRecord, at: number): void {
  if (record.type.id !== objectTypes.task.id) return;
  for (const company of linkedRecords(portal, record, objectTypes.company)) {
    portal.records.beforeChange(company);
    touch(company, at);
  }
}

function touch(record: PortalRecord, at: number): void {
  record.updatedAt = Math.max(record.updatedAt, at);
}
