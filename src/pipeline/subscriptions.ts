import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { mirroredProperties } from "./mirrored-properties.ts";
import { mirroredTypes } from "./record-sources.ts";
import type { ChildType } from "./store-port.ts";

/** One webhook subscription, in the words of HubSpot's developer projects (`crmObjects` of `webhooks-hsmeta.json`). */
export type Subscription = {
  subscriptionType: `object.${"creation" | "deletion" | "propertyChange" | "associationChange"}`;
  objectType: string;
  propertyName?: string;
  active: true;
};

/**
 * The events that this service must hear of for a ruleset: every record type that the rules read, each property that
 * they name, and what becomes of tasks. Never a property that we write: the rules cannot name one.
 */
export function subscriptionsOf(rules: CompiledRuleset): Subscription[] {
  const subscriptions = (["company", ...mirroredTypes(rules)] as const).flatMap((type): Subscription[] => {
    const objectType = objectTypeOf(type);
    return [
      { subscriptionType: "object.creation", objectType, active: true },
      { subscriptionType: "object.deletion", objectType, active: true },
      { subscriptionType: "object.associationChange", objectType, active: true },
      ...mirroredProperties(rules, type).map((propertyName): Subscription => ({
        subscriptionType: "object.propertyChange",
        objectType,
        propertyName,
        active: true,
      })),
    ];
  });
  return [
    ...subscriptions,
    { subscriptionType: "object.propertyChange", objectType: "task", propertyName: "hs_task_status", active: true },
    { subscriptionType: "object.deletion", objectType: "task", active: true },
  ];
}

/** HubSpot's name of a type, which differs from ours for one. */
function objectTypeOf(type: "company" | ChildType): string {
  return type === "feedback" ? "feedback_submission" : type;
}
