import { findAssociationType } from "../portal/association-types.ts";
import type { Author, Change, Portal } from "../portal/portal.ts";
import { readValue } from "../portal/read-value.ts";
import type { PortalRecord } from "../portal/record-store.ts";
import type { FindSubscription } from "./subscription.ts";

/** One event as it stands in a delivery, in HubSpot's field order. */
export type WebhookEvent = {
  eventId: number;
  subscriptionId: number;
  portalId: number;
  appId: number;
  occurredAt: number;
  subscriptionType: string;
  attemptNumber: number;
} & Record<string, unknown>;

type Context = {
  portal: Portal;
  portalId: number;
  appId: number;
  findSubscription: FindSubscription;
  /** HubSpot's are random numbers, not unique for certain. */
  nextEventId(): number;
};

/** The events that a change makes for these subscriptions; none for what nobody subscribed to. */
export function eventsOf(context: Context, change: Change): WebhookEvent[] {
  switch (change.kind) {
    case "creation":
      return [
        ...recordEvent(context, "object.creation", "CREATED", change.record, change.author),
        ...propertyEvents(context, change.record, change.names, change.author),
      ];
    case "propertyChange":
      return propertyEvents(context, change.record, change.names, change.author);
    case "deletion":
      return recordEvent(context, "object.deletion", "DELETED", change.record, change.author);
    case "restore":
      return recordEvent(context, "object.restore", "RESTORED", change.record, change.author);
    case "merge":
      return mergeEvents(context, change);
    case "privacyDeletion":
      return privacyEvents(context, change);
    case "associationChange":
      return associationEvents(context, change);
    case "definition":
      return [];
  }
}

function recordEvent(context: Context, kind: string, changeFlag: string, record: PortalRecord, author: Author) {
  const subscriptionId = context.findSubscription(kind, record.type.id);
  if (subscriptionId === undefined) return [];
  return [
    {
      ...head(context, kind, subscriptionId, author),
      objectId: Number(record.id),
      objectTypeId: record.type.id,
      changeFlag,
      ...origin(author),
    },
  ];
}

function propertyEvents(context: Context, record: PortalRecord, names: readonly string[], author: Author) {
  const isTold = (name: string) => !context.portal.properties.find(record.type, name)?.calculated;
  return names.filter(isTold).flatMap((propertyName) => {
    const subscriptionId = context.findSubscription("object.propertyChange", record.type.id, propertyName);
    if (subscriptionId === undefined) return [];
    return [
      {
        ...head(context, "object.propertyChange", subscriptionId, author),
        objectId: Number(record.id),
        objectTypeId: record.type.id,
        propertyName,
        propertyValue: wireValue(context.portal, record, propertyName),
        ...origin(author),
        isSensitive: false,
      },
    ];
  });
}

/** The two records that were merged are told of with the new one; there is no event of their deletion. */
function mergeEvents(context: Context, change: Extract<Change, { kind: "merge" }>) {
  const { record, primaryId, mergedId, moved, author } = change;
  const subscriptionId = context.findSubscription("object.merge", record.type.id);
  if (subscriptionId === undefined) return [];
  return [
    {
      ...head(context, "object.merge", subscriptionId, author),
      objectTypeId: record.type.id,
      primaryObjectId: Number(primaryId),
      mergedObjectIds: [Number(mergedId)],
      newObjectId: Number(record.id),
      numberOfPropertiesMoved: moved,
      ...origin(author),
    },
  ];
}

/** An event of the hub, not of an object: it has no objectTypeId. The contact's deletion is told beside it. */
function privacyEvents(context: Context, { record, author }: Extract<Change, { kind: "privacyDeletion" }>) {
  const kind = "contact.privacyDeletion";
  const subscriptionId = context.findSubscription(kind, null);
  if (subscriptionId === undefined) return [];
  return [{ ...head(context, kind, subscriptionId, author), objectId: Number(record.id), ...origin(author) }];
}

/** Told once for each direction and type, without an objectId: that is how they arrive. */
function associationEvents(context: Context, change: Extract<Change, { kind: "associationChange" }>) {
  const { from, to, typeId, removed, author } = change;
  const subscriptionId = context.findSubscription("object.associationChange", from.type.id);
  if (subscriptionId === undefined) return [];
  return [
    {
      ...head(context, "object.associationChange", subscriptionId, author),
      ...origin(author),
      fromObjectId: Number(from.id),
      fromObjectTypeId: from.type.id,
      toObjectId: Number(to.id),
      toObjectTypeId: to.type.id,
      associationType: `${from.type.singular}_TO_${to.type.singular}`.toUpperCase(),
      associationTypeId: typeId,
      associationCategory: "HUBSPOT_DEFINED",
      associationRemoved: removed,
      isPrimaryAssociation: findAssociationType(typeId)?.primary ?? false,
    },
  ];
}

function head(context: Context, subscriptionType: string, subscriptionId: number, author: Author) {
  return {
    eventId: context.nextEventId(),
    subscriptionId,
    portalId: context.portalId,
    appId: context.appId,
    occurredAt: author.at,
    subscriptionType,
    attemptNumber: 0,
  };
}

function origin({ changeSource, sourceId }: Author) {
  return { changeSource, sourceId };
}

/** Webhooks say dates and instants in milliseconds, where reads say ISO; a cleared value is empty text. */
function wireValue(portal: Portal, record: PortalRecord, name: string): string {
  const value = readValue(portal, record, name);
  if (value === null) return "";
  const type = portal.properties.find(record.type, name)?.type;
  return type === "date" || type === "datetime" ? String(Date.parse(value)) : value;
}
