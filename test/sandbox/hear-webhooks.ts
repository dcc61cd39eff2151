import type { SandboxOptions } from "../../src/sandbox/sandbox-options.ts";
import type { Subscription } from "../../src/sandbox/webhooks/subscription.ts";
import { type OpenSandbox, openSandbox } from "./open-clients.ts";
import { type Receiver, startReceiver } from "./start-receiver.ts";

/** A sandbox and the app that hears its webhooks: each event once, at once, unless the delivery options say otherwise. */
export type Hearing = OpenSandbox & {
  receiver: Receiver;
  createTicket(): Promise<{ id: string }>;
  /** In one batch; their first names are numbers from `from` on. */
  createContacts(count: number, from?: number): Promise<unknown>;
  close(): Promise<void>;
};

export async function hearWebhooks(
  subscriptions: Subscription[],
  options: SandboxOptions = {},
  answer?: Parameters<typeof startReceiver>[0],
): Promise<Hearing> {
  const receiver = await startReceiver(answer);
  const delivery = { flushMs: 5, doubledShare: 0, retryMs: () => 5, ...options.delivery };
  const open = await openSandbox({ ...options, subscriptions, targetUrl: receiver.url, delivery });
  return {
    ...open,
    receiver,
    createTicket: () => open.person.create("tickets", { hs_pipeline_stage: "1", subject: "Hjelp" }),
    createContacts: (count, from = 0) =>
      open.person.batchCreate(
        "contacts",
        Array.from({ length: count }, (_, index) => ({ properties: { firstname: String(from + index) } })),
      ),
    close: async () => {
      await open.sandbox.close();
      await receiver.close();
    },
  };
}

export function on(
  kind: "creation" | "deletion" | "propertyChange" | "associationChange" | "merge" | "restore",
  objectType: string,
  propertyName?: string,
): Subscription {
  const property = propertyName === undefined ? {} : { propertyName };
  return { subscriptionType: `object.${kind}`, objectType, active: true, ...property };
}
