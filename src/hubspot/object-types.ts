import type { RecordType } from "../pipeline/hubspot-port.ts";

/** The names in paths and in `associations`, the ids in webhooks, and the property of the last modification. */
const objectTypes: Record<RecordType, { path: string; typeId: string; modifiedProperty: string }> = {
  company: { path: "companies", typeId: "0-2", modifiedProperty: "hs_lastmodifieddate" },
  contact: { path: "contacts", typeId: "0-1", modifiedProperty: "lastmodifieddate" },
  ticket: { path: "tickets", typeId: "0-5", modifiedProperty: "hs_lastmodifieddate" },
  invoice: { path: "invoices", typeId: "0-53", modifiedProperty: "hs_lastmodifieddate" },
  task: { path: "tasks", typeId: "0-27", modifiedProperty: "hs_lastmodifieddate" },
};

export function pathOf(type: RecordType): string {
  return objectTypes[type].path;
}

export function modifiedPropertyOf(type: RecordType): string {
  return objectTypes[type].modifiedProperty;
}

/** The type of `0-2` or of `company`; null for one that this product does not read. */
export function findRecordType(idOrName: string): RecordType | null {
  for (const type of Object.keys(objectTypes) as RecordType[]) {
    if (type === idOrName || objectTypes[type].typeId === idOrName) return type;
  }
  return null;
}
