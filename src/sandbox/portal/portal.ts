import type { Clock } from "../clock.ts";
import { type ContactEmails, createContactEmails } from "./contact-emails.ts";
import { createLinkStore, type LinkStore, type RecordRef } from "./link-store.ts";
import type { ObjectType } from "./object-types.ts";
import { owners, type Owner } from "./owners.ts";
import { createPropertyCatalogue, type PropertyCatalogue } from "./property-catalogue.ts";
import { createRecordStore, type PortalRecord, type RecordStore } from "./record-store.ts";
import { createSearchIndex, type SearchIndex } from "./search-index.ts";

/** Who writes and when: `sourceId` is an app's id, or `userId:<id>` for a person. `at` is milliseconds. */
export type Author = { at: number; changeSource: string; sourceId: string };

/** What happened to the portal, told to listeners after the fact. Roll-ups are not told: HubSpot sends none either. */
export type Change =
  | { kind: "creation"; record: PortalRecord; names: readonly string[]; author: Author }
  | { kind: "propertyChange"; record: PortalRecord; names: readonly string[]; author: Author }
  | { kind: "deletion"; record: PortalRecord; author: Author }
  | { kind: "restore"; record: PortalRecord; author: Author }
  /** `record` is what came of it; `moved` counts the values that only the other record had. */
  | { kind: "merge"; record: PortalRecord; primaryId: string; mergedId: string; moved: number; author: Author }
  | { kind: "privacyDeletion"; record: PortalRecord; author: Author }
  | { kind: "associationChange"; from: RecordRef; to: RecordRef; typeId: number; removed: boolean; author: Author }
  | { kind: "definition"; type: ObjectType };

/** The whole state of a HubSpot account that the CRM API shows. */
export type Portal = {
  clock: Clock;
  records: RecordStore;
  searchIndex: SearchIndex;
  contactEmails: Pick<ContactEmails, "find">;
  links: LinkStore;
  properties: PropertyCatalogue;
  owners: readonly Owner[];
  announce(change: Change): void;
  /** Calls the listener for each change from now on. */
  listen(listener: (change: Change) => void): void;
};

export function createPortal(clock: Clock): Portal {
  const records = createRecordStore();
  const contactEmails = createContactEmails(records);
  const listeners: ((change: Change) => void)[] = [contactEmails.hear];
  return {
    clock,
    records,
    searchIndex: createSearchIndex(records),
    contactEmails,
    links: createLinkStore(),
    properties: createPropertyCatalogue(),
    owners,
    announce: (change) => {
      for (const listener of listeners) listener(change);
    },
    listen: (listener) => void listeners.push(listener),
  };
}
