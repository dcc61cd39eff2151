import { allObjectTypes } from "./object-types.ts";
import type { Author, Portal } from "./portal.ts";
import type { PortalRecord } from "./record-store.ts";

/** Deletes a contact for good, as privacy law asks: record, history and links, which no restoring brings back. */
export function eraseContact(portal: Portal, contact: PortalRecord, author: Author): void {
  for (const type of allObjectTypes)
    for (const id of [...portal.links.of(contact, type).keys()]) {
      portal.links.setTypes(contact, { type, id }, []);
      portal.links.setTypes({ type, id }, contact, []);
    }
  portal.records.remove(contact);
  portal.announce({ kind: "privacyDeletion", record: contact, author });
  if (contact.archivedAt === null) portal.announce({ kind: "deletion", record: contact, author });
}
