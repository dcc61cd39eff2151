import type { Portal } from "./portal.ts";
import type { PortalRecord } from "./record-store.ts";
import { findRollUp } from "./roll-ups.ts";

/** A property's value as reads answer it; null where it has none. */
export function readValue(portal: Portal, record: PortalRecord, name: string): string | null {
  if (name === "hs_object_id") return record.id;
  if (name === record.type.createdProperty) return new Date(record.createdAt).toISOString();
  if (name === record.type.modifiedProperty) return new Date(record.updatedAt).toISOString();
  const rollUp = findRollUp(record.type, name);
  return rollUp ? rollUp(portal, record) : (record.properties[name] ?? null);
}
