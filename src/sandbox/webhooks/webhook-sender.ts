import type { Random } from "../random.ts";
import { signDelivery } from "./sign-delivery.ts";
import type { WebhookEvent } from "./webhook-event.ts";

export type DeliveryOptions = {
  /** How long events gather before they are sent. */
  flushMs: number;
  /** How long the receiver may take. */
  timeoutMs: number;
  /** The pause before an attempt; `attempt` counts from 1. */
  retryMs(attempt: number, random: Random): number;
  /** The share of events that are sent twice. */
  doubledShare: number;
};

/** Growing pauses of about a second, where HubSpot spreads ten attempts over a day. */
export const sandboxDelivery: DeliveryOptions = {
  flushMs: 100,
  timeoutMs: 5_000,
  retryMs: (attempt, random) => attempt * random.between(500, 1_500),
  doubledShare: 0.02,
};

export type WebhookSender = {
  send(events: readonly WebhookEvent[]): void;
  /** Resolves when nothing waits, flies or is to be tried again. */
  idle(): Promise<void>;
  /** Stops at once; what is still to be sent is lost. */
  close(): void;
};

const BATCH_LIMIT = 100;
const MAX_CONCURRENT = 10;
const MAX_ATTEMPTS = 10;
const USER_AGENT =
  "HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client) - WebhooksExecutorDaemon-executor";

/**
 * Delivers events as HubSpot does: up to 100 in a POST, in no order, some twice, at most ten POSTs in flight, and again
 * after any answer but a 2xx, with `attemptNumber` counted up. `wireNow` dates the signatures and is never moved by
 * days, because a receiver refuses what is stale by its own clock.
 */
export function createWebhookSender(
  targetUrl: string,
  clientSecret: string,
  wireNow: () => number,
  random: Random,
  options: DeliveryOptions,
): WebhookSender {
  const stop = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  let gathered: WebhookEvent[] = [];
  let ready: { events: WebhookEvent[]; attempt: number }[] = [];
  let inFlight = 0;
  let waiters: (() => void)[] = [];

  const later = (delayMs: number, action: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, delayMs);
    timers.add(timer);
  };

  const flush = () => {
    const doubled = gathered.filter(() => random.chance(options.doubledShare));
    const events = random.shuffle([...gathered, ...doubled]);
    gathered = [];
    for (let start = 0; start < events.length; start += BATCH_LIMIT)
      ready.push({ events: events.slice(start, start + BATCH_LIMIT), attempt: 0 });
    pump();
  };

  const pump = () => {
    while (inFlight < MAX_CONCURRENT) {
      const next = ready.shift();
      if (!next) break;
      inFlight += 1;
      void deliver(next.events, next.attempt);
    }
    if (isIdle()) for (const resolve of waiters.splice(0)) resolve();
  };

  const deliver = async (events: WebhookEvent[], attempt: number) => {
    const isDelivered = await post(events, attempt);
    inFlight -= 1;
    if (stop.signal.aborted) return;
    const isLast = attempt + 1 >= MAX_ATTEMPTS;
    if (!isDelivered && !isLast)
      later(options.retryMs(attempt + 1, random), () => {
        ready.push({ events, attempt: attempt + 1 });
        pump();
      });
    pump();
  };

  const post = async (events: WebhookEvent[], attempt: number): Promise<boolean> => {
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempt })));
    try {
      const response = await fetch(targetUrl, {
        method: "POST",
        body,
        redirect: "manual",
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(options.timeoutMs)]),
        headers: {
          "content-type": "application/json",
          "user-agent": USER_AGENT,
          "x-hubspot-timeout-millis": String(options.timeoutMs),
          ...signDelivery(clientSecret, targetUrl, body, wireNow()),
        },
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      // A receiver that is down, slow or cuts the line is tried again, whatever the cause.
      return false;
    }
  };

  const isIdle = () => gathered.length === 0 && ready.length === 0 && inFlight === 0 && timers.size === 0;

  return {
    send: (events) => {
      if (stop.signal.aborted || events.length === 0) return;
      if (gathered.length === 0) later(options.flushMs, flush);
      gathered.push(...events);
    },
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    close: () => {
      stop.abort();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      ready = [];
      gathered = [];
      for (const resolve of waiters.splice(0)) resolve();
      waiters = [];
    },
  };
}
