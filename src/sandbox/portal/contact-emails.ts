import { objectTypes } from "./object-types.ts";
import type { Change } from "./portal.ts";
import type { PortalRecord, RecordStore } from "./record-store.ts";

/** Contacts by their email, which no two live ones that were made over the API share. */
export type ContactEmails = {
  /** The live contact with this email, in any case. */
  find(email: string): PortalRecord | undefined;
  /** Takes note of what happened to the portal. */
  hear: (change: Change) => void;
};

const { contact } = objectTypes;
const emailOf = (record: PortalRecord) => record.properties["email"]?.toLowerCase();

/** Nothing is gathered before the first question, so that filling a portal does not pay for it. */
export function createContactEmails(records: RecordStore): ContactEmails {
  let idsByEmail: Map<string, string> | null = null;
  const gather = () => {
    const ids = new Map<string, string>();
    for (const record of records.live(contact)) {
      const email = emailOf(record);
      if (email !== undefined) ids.set(email, record.id);
    }
    return ids;
  };
  return {
    find: (email) => {
      idsByEmail ??= gather();
      const id = idsByEmail.get(email.toLowerCase());
      const record = id === undefined ? undefined : records.findLive(contact, id);
      return record && emailOf(record) === email.toLowerCase() ? record : undefined;
    },
    hear: (change) => {
      if (!("record" in change) || change.record.type.id !== contact.id) return;
      const email = emailOf(change.record);
      if (email !== undefined) idsByEmail?.set(email, change.record.id);
    },
  };
}
