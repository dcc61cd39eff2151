import type { Portal } from "../portal/portal.ts";
import type { Random } from "../random.ts";
import { indexSubscriptions, type WebhookSettings } from "./subscription.ts";
import { eventsOf } from "./webhook-event.ts";
import { createWebhookSender, type DeliveryOptions, type WebhookSender } from "./webhook-sender.ts";

export type Webhooks = {
  readonly settings: WebhookSettings;
  /** Replaces target and subscriptions at once; HubSpot may take five minutes. What is on its way still goes. */
  configure: (settings: WebhookSettings) => void;
  /** Resolves when everything was delivered or given up. */
  idle: () => Promise<void>;
  close: () => void;
};

export type WebhookDeps = {
  portal: Portal;
  portalId: number;
  appId: number;
  clientSecret: string;
  random: Random;
  wireNow: () => number;
  delivery: DeliveryOptions;
};

const MAX_EVENT_ID = 2 ** 32 - 1;

/** Turns what happens to the portal from now on into deliveries to the app. */
export function startWebhooks(deps: WebhookDeps, initial: WebhookSettings): Webhooks {
  const senders: WebhookSender[] = [];
  let settings = initial;
  let findSubscription = indexSubscriptions(initial.subscriptions);
  let sender = open(initial.targetUrl);

  function open(targetUrl: string | null): WebhookSender | undefined {
    if (targetUrl === null) return undefined;
    const opened = createWebhookSender(targetUrl, deps.clientSecret, deps.wireNow, deps.random, deps.delivery);
    senders.push(opened);
    return opened;
  }

  deps.portal.listen((change) => {
    if (!sender) return;
    const nextEventId = () => deps.random.whole(100_000_000, MAX_EVENT_ID);
    const { portal, portalId, appId } = deps;
    sender.send(eventsOf({ portal, portalId, appId, findSubscription, nextEventId }, change));
  });

  return {
    get settings() {
      return settings;
    },
    configure: (next) => {
      findSubscription = indexSubscriptions(next.subscriptions);
      if (next.targetUrl !== settings.targetUrl) sender = open(next.targetUrl);
      settings = next;
    },
    idle: async () => {
      await Promise.all(senders.map((each) => each.idle()));
    },
    close: () => {
      for (const each of senders) each.close();
    },
  };
}
