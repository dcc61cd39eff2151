import type { Faults } from "./http/faults.ts";
import type { Token } from "./http/token.ts";
import type { Subscription } from "./webhooks/subscription.ts";
import type { DeliveryOptions } from "./webhooks/webhook-sender.ts";

/** Everything a sandbox can be told; what is left out is `sandboxDefaults`. */
export type SandboxOptions = {
  /** 0: any free port. */
  port?: number;
  host?: string;
  /** How many companies to make up, with the last 180 days of their lives; 0 for an empty portal. */
  companies?: number;
  seed?: number;
  /** The outer clock; the portal's own runs ahead of it by the days it was moved. */
  now?: () => Date;
  /** Milliseconds of real time, for the rate limits' windows. */
  monotonicMs?: () => number;
  appToken?: string;
  /** The token of a person at the screen: may do everything, and its writes show as made by a user. */
  personToken?: string;
  /** Signs the webhooks. */
  clientSecret?: string;
  appId?: number;
  portalId?: number;
  /** Of the app's token. */
  scopes?: readonly string[];
  /** Calls of one token within any ten seconds, searches apart. */
  limitPer10s?: number;
  /** Calls of the whole account between two midnights of its time zone, by the portal's clock. */
  dailyLimit?: number;
  /** Of those, calls of the associations API. */
  dailyAssociationLimit?: number;
  /** Lets a share of the app's calls go wrong. */
  faults?: Faults | null;
  /** How long a call that gets no answer stays open, in milliseconds of real time, unless its client gives up first. */
  faultHangMs?: number;
  /** How long ago the portal was as searches show it, in milliseconds of `monotonicMs`; HubSpot's lag seconds. */
  searchLagMs?: number;
  subscriptions?: readonly Subscription[];
  targetUrl?: string;
  delivery?: Partial<DeliveryOptions>;
  /** Where the portal is kept between runs. An existing file is opened, and played up to now, instead of a new portal. */
  file?: string;
};

/** Plainly no real account's values. */
export const sandboxDefaults = {
  port: 0,
  host: "127.0.0.1",
  companies: 0,
  seed: 1,
  appToken: "pat-sandbox-app-token",
  personToken: "sandbox-person-token",
  clientSecret: "sandbox-client-secret",
  appId: 7_700_001,
  userId: 61_000_101,
  portalId: 99_000_001,
  limitPer10s: 190,
  dailyLimit: 625_000,
  dailyAssociationLimit: 500_000,
  faultHangMs: 60_000,
  searchLagMs: 0,
  scopes: [
    "oauth",
    "tickets",
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.schemas.companies.read",
    "crm.schemas.companies.write",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.schemas.contacts.write",
    "crm.objects.invoices.read",
    "crm.schemas.invoices.read",
    "crm.objects.deals.read",
    "crm.objects.feedback_submissions.read",
    "crm.objects.subscriptions.read",
    "crm.objects.owners.read",
  ],
} as const;

type Identity = { appToken: string; personToken: string; appId: number; userId: number; scopes: readonly string[] };

export function tokensOf({ appToken, personToken, appId, userId, scopes }: Identity): Token[] {
  return [
    { token: appToken, kind: "app", appId, userId, scopes },
    { token: personToken, kind: "person", appId, userId, scopes: [] },
  ];
}
