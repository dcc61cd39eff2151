import { allObjectTypes } from "../sandbox/portal/object-types.ts";
import { createPropertyCatalogue } from "../sandbox/portal/property-catalogue.ts";
import type { Subscription } from "../sandbox/webhooks/subscription.ts";

const recordEvents = ["creation", "deletion", "restore", "merge", "associationChange"] as const;

/**
 * All that can be heard of a sandbox portal: what becomes of records and links of every type, and each property that
 * the portal has from the start and people can write. Properties that an app makes are left out: it writes them itself.
 */
export function everySubscription(): Subscription[] {
  const catalogue = createPropertyCatalogue();
  const subscriptions = allObjectTypes.flatMap((type): Subscription[] => [
    ...recordEvents.map((event): Subscription => ({
      subscriptionType: `object.${event}`,
      objectType: type.singular,
      active: true,
    })),
    ...catalogue
      .list(type)
      .filter(({ modificationMetadata }) => !modificationMetadata.readOnlyValue)
      .map(({ name }): Subscription => ({
        subscriptionType: "object.propertyChange",
        objectType: type.singular,
        propertyName: name,
        active: true,
      })),
  ]);
  return [...subscriptions, { subscriptionType: "contact.privacyDeletion", active: true }];
}
