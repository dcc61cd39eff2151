import type { Portal } from "../portal/portal.ts";
import { readValue } from "../portal/read-value.ts";
import type { PastValue, PortalRecord } from "../portal/record-store.ts";
import type { Call } from "./call.ts";

/**
 * A record as reads answer it: the asked properties (or the type's own few), always with its id, creation and last
 * modification. A property that the portal does not know is left out; a known one without a value is null.
 */
export function showRecord(call: Call, record: PortalRecord, asked: readonly string[]) {
  const names = asked.length > 0 ? asked : record.type.shownProperties;
  return withProperties(call, record, [
    ...names.filter((name) => call.portal.properties.find(record.type, name)),
    ...alwaysShown(record),
  ]);
}

/** A record as a search answers it: without the values of calculated properties. */
export function showFound(call: Call, record: PortalRecord, asked: readonly string[]) {
  const shown = showRecord(call, record, asked);
  const isCalculated = (name: string) => call.portal.properties.find(record.type, name)?.calculated;
  const hidden = Object.keys(shown.properties).filter(isCalculated);
  return { ...shown, properties: { ...shown.properties, ...Object.fromEntries(hidden.map((name) => [name, null])) } };
}

/** A record as a write answers it: what was written, and what HubSpot keeps itself. */
export function showWritten(call: Call, record: PortalRecord, written: readonly string[]) {
  const kept = ["hs_object_source", "hs_object_source_id", "hs_object_source_label", "hs_pipeline", "lifecyclestage"];
  const present = [...written, ...kept].filter((name) => written.includes(name) || name in record.properties);
  return withProperties(call, record, [...present, ...alwaysShown(record)]);
}

function withProperties(call: Call, record: PortalRecord, names: readonly string[]) {
  const { archivedAt } = record;
  return {
    id: record.id,
    properties: showProperties(call.portal, record, names),
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: archivedAt !== null,
    ...(archivedAt === null ? {} : { archivedAt: new Date(archivedAt).toISOString() }),
    url: `https://app.hubspot.com/contacts/${call.portalId}/record/${record.type.id}/${record.id}`,
  };
}

function showProperties(portal: Portal, record: PortalRecord, names: readonly string[]) {
  const properties: Record<string, string | null> = {};
  for (const name of [...new Set(names)].sort()) properties[name] = readValue(portal, record, name);
  return properties;
}

function alwaysShown({ type }: PortalRecord): string[] {
  return ["hs_object_id", type.createdProperty, type.modifiedProperty];
}

/**
 * `propertiesWithHistory` of a read that asks for them, the newest value first; a cleared value is empty text. A property
 * that the portal does not know is left out.
 * https://developers.hubspot.com/docs/guides/api/crm/using-object-apis
 */
export function showHistory({ portal }: Call, record: PortalRecord, asked: readonly string[]) {
  if (asked.length === 0) return {};
  const known = asked.filter((name) => portal.properties.find(record.type, name));
  const pasts = known.map((name) => [name, (record.history[name] ?? []).map(showVersion)]);
  return { propertiesWithHistory: Object.fromEntries(pasts) as Record<string, ReturnType<typeof showVersion>[]> };
}

function showVersion({ value, author }: PastValue) {
  const { at, changeSource, sourceId } = author;
  return { value: value ?? "", timestamp: new Date(at).toISOString(), sourceType: changeSource, sourceId };
}
