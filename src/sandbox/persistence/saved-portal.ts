import { z } from "zod";

import { Play } from "../generator/generator.ts";
import { findObjectType, type ObjectType, allObjectTypes } from "../portal/object-types.ts";
import { PropertyDefinition, PropertyGroup } from "../portal/property-definition.ts";
import type { Portal } from "../portal/portal.ts";
import type { PastValue } from "../portal/record-store.ts";
import { WebhookSettings } from "../webhooks/subscription.ts";

/** One value that a property was given: [when, value, change source, source id]. */
const SavedVersion = z.tuple([z.number(), z.string().nullable(), z.string(), z.string()]);

const SavedRecord = z.object({
  type: z.string(),
  id: z.string(),
  properties: z.record(z.string(), z.string()),
  /** Missing in a portal that was saved before values were remembered. */
  history: z.record(z.string(), z.array(SavedVersion)).default({}),
  createdAt: z.number(),
  updatedAt: z.number(),
  archivedAt: z.number().nullable(),
});

/** One end of the links of one record: the other ids with their association types. */
const SavedLinks = z.object({
  from: z.string(),
  to: z.string(),
  id: z.string(),
  links: z.array(z.tuple([z.string(), z.array(z.number().int())])),
});

const SavedProperties = z.object({
  type: z.string(),
  definitions: z.array(PropertyDefinition),
  groups: z.array(PropertyGroup),
});

/** An id that was merged away and where it leads: [object type id, old id, new id]. */
const SavedMerge = z.tuple([z.string(), z.string(), z.string()]);

/** A portal on disk. The version is that of this shape; another one is refused rather than guessed at. */
export const SavedPortal = z.object({
  version: z.literal(1),
  /** Portal time. */
  savedAt: z.number(),
  clockOffsetMs: z.number(),
  webhooks: WebhookSettings,
  play: Play.nullable(),
  records: z.array(SavedRecord),
  links: z.array(SavedLinks),
  /** Missing in a portal that was saved before records could be merged. */
  merged: z.array(SavedMerge).default([]),
  properties: z.array(SavedProperties),
});
export type SavedPortal = z.infer<typeof SavedPortal>;

export function describePortal(portal: Portal, webhooks: WebhookSettings, play: Play | null): SavedPortal {
  return {
    version: 1,
    savedAt: portal.clock.now(),
    clockOffsetMs: portal.clock.offsetMs(),
    webhooks,
    play,
    records: Array.from(portal.records.all(), (record) => ({
      ...record,
      type: record.type.id,
      history: mapValues(record.history, ({ value, author }): z.infer<typeof SavedVersion> => [
        author.at,
        value,
        author.changeSource,
        author.sourceId,
      ]),
    })),
    links: Array.from(portal.links.all(), ({ fromTypeId, toTypeId, fromId, links }) => ({
      from: fromTypeId,
      to: toTypeId,
      id: fromId,
      links: Array.from(links, ([id, typeIds]): [string, number[]] => [id, [...typeIds]]),
    })),
    merged: Array.from(portal.records.merged(), ({ typeId, id, into }): z.infer<typeof SavedMerge> => [
      typeId,
      id,
      into,
    ]),
    properties: allObjectTypes.map((type) => ({
      type: type.id,
      definitions: portal.properties.list(type),
      groups: portal.properties.groups(type),
    })),
  };
}

/**
 * Puts a saved portal's content into an empty one; the clock and the webhooks are the caller's. HubSpot's own property
 * definitions are those of today, whatever they were when it was saved.
 */
export function restorePortal(portal: Portal, saved: SavedPortal): void {
  for (const { type, history, ...record } of saved.records) {
    const restored = mapValues(history, ([at, value, changeSource, sourceId]): PastValue => ({
      value,
      author: { at, changeSource, sourceId },
    }));
    portal.records.put({ ...record, type: typeOf(type), history: restored });
  }
  for (const { from, to, id, links } of saved.links)
    for (const [toId, typeIds] of links)
      portal.links.setTypes({ type: typeOf(from), id }, { type: typeOf(to), id: toId }, typeIds);
  for (const [typeId, id, into] of saved.merged) portal.records.putMerged({ typeId, id, into });
  for (const { type, definitions, groups } of saved.properties) {
    for (const definition of definitions)
      if (!definition.hubspotDefined) portal.properties.put(typeOf(type), definition);
    for (const group of groups) portal.properties.putGroup(typeOf(type), group);
  }
}

function typeOf(id: string): ObjectType {
  const type = findObjectType(id);
  if (!type) throw new RangeError(`saved portal: no object type ${id}`);
  return type;
}

function mapValues<From, To>(lists: Record<string, From[]>, map: (item: From) => To): Record<string, To[]> {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.map(map)]));
}
