import type { ObjectType } from "./object-types.ts";
import type { Author, Portal } from "./portal.ts";
import type { PortalRecord } from "./record-store.ts";

/** https://knowledge.hubspot.com/records/restore-deleted-records */
const RESTORABLE_DAYS = 90;
const DAY_MS = 86_400_000;

/** A record that cannot be brought back. */
export class NotRestorable extends Error {
  readonly typeName: string;
  readonly id: string;

  constructor(typeName: string, id: string, reason: string) {
    super(`The ${typeName} ${id} cannot be restored: ${reason}.`);
    this.name = "NotRestorable";
    this.typeName = typeName;
    this.id = id;
  }
}

/**
 * Brings an archived record back, with the links that it had. Its last-modified date stays what it was. Throws
 * `NotRestorable` for one that is not archived, or has been for more than 90 days.
 */
export function restoreRecord(portal: Portal, type: ObjectType, id: string, author: Author): PortalRecord {
  const record = portal.records.find(type, id);
  if (!record) throw new NotRestorable(type.singular, id, "there is none, or none any more");
  if (record.archivedAt === null) throw new NotRestorable(type.singular, id, "it is not archived");
  if (author.at - record.archivedAt > RESTORABLE_DAYS * DAY_MS)
    throw new NotRestorable(type.singular, id, `it was archived more than ${RESTORABLE_DAYS} days ago`);
  portal.records.restore(record);
  portal.announce({ kind: "restore", record, author });
  return record;
}
