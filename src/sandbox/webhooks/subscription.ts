import { z } from "zod";

import { findObjectType } from "../portal/object-types.ts";

/** Of a kind of CRM object: listed under `crmObjects`. */
const ObjectSubscription = z
  .strictObject({
    subscriptionType: z.enum([
      "object.creation",
      "object.deletion",
      "object.propertyChange",
      "object.associationChange",
      "object.merge",
      "object.restore",
    ]),
    objectType: z.string().refine((name) => findObjectType(name) !== undefined, "is no object type of this portal"),
    propertyName: z.string().optional(),
    active: z.boolean().default(true),
  })
  .refine(
    ({ subscriptionType, propertyName }) =>
      (subscriptionType === "object.propertyChange") === (propertyName !== undefined),
    "propertyName belongs to object.propertyChange, and to it only",
  );

/** Of the account as a whole: listed under `hubEvents`. */
const HubSubscription = z.strictObject({
  subscriptionType: z.literal("contact.privacyDeletion"),
  active: z.boolean().default(true),
});

/**
 * One subscription as an app's `webhooks-hsmeta.json` lists it under `crmObjects` or `hubEvents`.
 * https://developers.hubspot.com/docs/apps/developer-platform/add-features/configure-webhooks
 */
export const Subscription = z.discriminatedUnion("subscriptionType", [ObjectSubscription, HubSubscription]);
export type Subscription = z.infer<typeof Subscription>;

/** Where events go, and which. `targetUrl` null: nowhere yet. */
export const WebhookSettings = z.object({ targetUrl: z.url().nullable(), subscriptions: z.array(Subscription) });
export type WebhookSettings = z.infer<typeof WebhookSettings>;

/**
 * Finds the id of an active subscription: HubSpot numbers them, and every event carries the number. `objectTypeId` is
 * null for events of the hub.
 */
export type FindSubscription = (kind: string, objectTypeId: string | null, propertyName?: string) => number | undefined;

const FIRST_SUBSCRIPTION_ID = 3_849_700;

export function indexSubscriptions(subscriptions: readonly Subscription[]): FindSubscription {
  const keyOf = (kind: string, typeId: string | null, propertyName = "") => `${kind} ${typeId ?? ""} ${propertyName}`;
  const keyOfSubscription = (subscription: Subscription) => {
    if (subscription.subscriptionType === "contact.privacyDeletion") return keyOf(subscription.subscriptionType, null);
    const type = findObjectType(subscription.objectType);
    return type ? keyOf(subscription.subscriptionType, type.id, subscription.propertyName) : undefined;
  };
  const ids = new Map(
    subscriptions.flatMap((subscription, index) => {
      const key = keyOfSubscription(subscription);
      return subscription.active && key !== undefined ? [[key, FIRST_SUBSCRIPTION_ID + index] as const] : [];
    }),
  );
  return (kind, typeId, propertyName) => ids.get(keyOf(kind, typeId, propertyName));
}
