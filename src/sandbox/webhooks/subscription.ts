import { z } from "zod";

import { findObjectType } from "../portal/object-types.ts";

/**
 * One subscription as an app's `webhooks-hsmeta.json` lists it under `crmObjects`.
 * https://developers.hubspot.com/docs/apps/developer-platform/add-features/configure-webhooks
 */
export const Subscription = z
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
export type Subscription = z.infer<typeof Subscription>;

/** Where events go, and which. `targetUrl` null: nowhere yet. */
export const WebhookSettings = z.object({ targetUrl: z.url().nullable(), subscriptions: z.array(Subscription) });
export type WebhookSettings = z.infer<typeof WebhookSettings>;

/** Finds the id of an active subscription: HubSpot numbers them, and every event carries the number. */
export type FindSubscription = (kind: string, objectTypeId: string, propertyName?: string) => number | undefined;

const FIRST_SUBSCRIPTION_ID = 3_849_700;

export function indexSubscriptions(subscriptions: readonly Subscription[]): FindSubscription {
  const keyOf = (kind: string, typeId: string, propertyName = "") => `${kind} ${typeId} ${propertyName}`;
  const ids = new Map(
    subscriptions.flatMap(({ active, subscriptionType, objectType, propertyName }, index) => {
      const type = findObjectType(objectType);
      if (!active || !type) return [];
      return [[keyOf(subscriptionType, type.id, propertyName), FIRST_SUBSCRIPTION_ID + index] as const];
    }),
  );
  return (kind, typeId, propertyName) => ids.get(keyOf(kind, typeId, propertyName));
}
