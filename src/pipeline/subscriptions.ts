import type { CompiledRuleset } from "../scoring/compiled-ruleset.ts";
import { writtenPropertiesOf } from "../scoring/ruleset/written-properties.ts";
import { mirroredProperties, type MirroredType } from "./mirrored-properties.ts";
import { mirroredTypes } from "./record-sources.ts";

/** One webhook subscription, in the words of HubSpot's developer projects (`webhooks-hsmeta.json`). */
export type Subscription = RecordSubscription | HubSubscription;

/** Stands under `crmObjects`; `propertyName` belongs to a propertyChange, and to it only. */
export type RecordSubscription = {
  subscriptionType: `object.${RecordEvent | "propertyChange"}`;
  objectType: string;
  propertyName?: string;
  active: true;
};
/** Stands under `hubEvents`. */
export type HubSubscription = { subscriptionType: "contact.privacyDeletion"; active: true };

/** By record type, the properties that HubSpot works out itself. */
export type CalculatedProperties = Readonly<Partial<Record<MirroredType, readonly string[]>>>;

const recordEvents = ["creation", "deletion", "restore", "merge", "associationChange"] as const;
type RecordEvent = (typeof recordEvents)[number];

/**
 * HubSpot takes no subscription to these.
 * https://developers.hubspot.com/docs/apps/developer-platform/add-features/configure-webhooks
 */
const UNHEARD = ["hs_lastmodifieddate", "lastmodifieddate", "num_unique_conversion_events", "hs_object_id"];

const taskSubscriptions: Subscription[] = [
  { subscriptionType: "object.propertyChange", objectType: "task", propertyName: "hs_task_status", active: true },
  { subscriptionType: "object.deletion", objectType: "task", active: true },
];

/** The subscriptions that one app may have. */
const MOST_SUBSCRIPTIONS = 1_000;

/** The rules ask for more events than one app may subscribe to. */
export class TooManySubscriptions extends Error {
  readonly count: number;
  readonly limit = MOST_SUBSCRIPTIONS;

  constructor(count: number) {
    super(
      `The rules need ${count} webhook subscriptions, and HubSpot takes at most ${MOST_SUBSCRIPTIONS} for one app: ` +
        "there is one for each property that they name",
    );
    this.name = "TooManySubscriptions";
    this.count = count;
  }
}

/**
 * The events that this service must hear of for a ruleset: what becomes of the records of every type that the rules
 * read, each property that they name, contacts that are to be forgotten, and what becomes of tasks where there are plays. Never a property
 * that we write, or every write of ours would wake us; nor one of which HubSpot tells nothing, as those in `calculated`:
 * the sweep finds their changes. Throws `TooManySubscriptions`.
 */
export function subscriptionsOf(rules: CompiledRuleset, calculated: CalculatedProperties = {}): Subscription[] {
  const written = new Set(writtenPropertiesOf(rules.ruleset));
  const subscriptions = (["company", ...mirroredTypes(rules)] as const).flatMap((type): Subscription[] => {
    const objectType = objectTypeOf(type);
    const isHeard = (name: string) =>
      !UNHEARD.includes(name) && !calculated[type]?.includes(name) && !(type === "company" && written.has(name));
    return [
      ...recordEvents.map((event): Subscription => ({
        subscriptionType: `object.${event}`,
        objectType,
        active: true,
      })),
      ...mirroredProperties(rules, type)
        .filter(isHeard)
        .map((propertyName): Subscription => ({
          subscriptionType: "object.propertyChange",
          objectType,
          propertyName,
          active: true,
        })),
    ];
  });
  const all: Subscription[] = [
    ...subscriptions,
    { subscriptionType: "contact.privacyDeletion", active: true },
    ...(rules.plays.length > 0 ? taskSubscriptions : []),
  ];
  if (all.length > MOST_SUBSCRIPTIONS) throw new TooManySubscriptions(all.length);
  return all;
}

/** HubSpot's name of a type, which differs from ours for one. */
function objectTypeOf(type: MirroredType): string {
  return type === "feedback" ? "feedback_submission" : type;
}
