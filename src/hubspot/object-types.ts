import type { RecordType } from "../pipeline/hubspot-port.ts";

/** HubSpot's names in paths and in the names of links, the ids in webhooks, and the property of the last modification. */
const objectTypes: Record<RecordType, { path: string; name: string; typeId: string; modifiedProperty: string }> = {
  company: { path: "companies", name: "company", typeId: "0-2", modifiedProperty: "hs_lastmodifieddate" },
  contact: { path: "contacts", name: "contact", typeId: "0-1", modifiedProperty: "lastmodifieddate" },
  ticket: { path: "tickets", name: "ticket", typeId: "0-5", modifiedProperty: "hs_lastmodifieddate" },
  invoice: { path: "invoices", name: "invoice", typeId: "0-53", modifiedProperty: "hs_lastmodifieddate" },
  deal: { path: "deals", name: "deal", typeId: "0-3", modifiedProperty: "hs_lastmodifieddate" },
  subscription: {
    path: "subscriptions",
    name: "subscription",
    typeId: "0-69",
    modifiedProperty: "hs_lastmodifieddate",
  },
  feedback: {
    path: "feedback_submissions",
    name: "feedback_submission",
    typeId: "0-19",
    modifiedProperty: "hs_lastmodifieddate",
  },
  task: { path: "tasks", name: "task", typeId: "0-27", modifiedProperty: "hs_lastmodifieddate" },
};

export function pathOf(type: RecordType): string {
  return objectTypes[type].path;
}

export function nameOf(type: RecordType): string {
  return objectTypes[type].name;
}

export function modifiedPropertyOf(type: RecordType): string {
  return objectTypes[type].modifiedProperty;
}

/** The type of `0-2` or of `company`; null for one that this product does not read. */
export function findRecordType(idOrName: string): RecordType | null {
  for (const type of Object.keys(objectTypes) as RecordType[]) {
    if (objectTypes[type].name === idOrName || objectTypes[type].typeId === idOrName) return type;
  }
  return null;
}
