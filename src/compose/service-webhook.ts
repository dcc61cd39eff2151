import type { Environment } from "../config/environment.ts";
import { parseWebhookEvents, WebhookBodyError, type WebhookHint } from "../hubspot/parse-webhook-events.ts";
import { verifySignature } from "../hubspot/verify-signature.ts";
import type { PipelineContext } from "../pipeline/pipeline-context.ts";
import { receiveHints } from "../pipeline/receive.ts";
import { InvalidWebhookBody, type Webhook } from "../pipeline/webhook.ts";
import type { Worker } from "../pipeline/worker.ts";

/** HubSpot sends up to 100 events a POST; more of them are still taken, within reason. */
const MOST_EVENTS = 1_000;

/** What the door asks of the other rooms: HubSpot's signature and events, and the store that keeps the hints. */
export function createServiceWebhook(
  environment: Environment,
  { store, worker, log, now }: PipelineContext & { worker: Worker },
): Webhook<WebhookHint> {
  const { publicUrl, hubspotClientSecrets: secrets, hubspotAllowV1Signature: allowV1 } = environment;
  return {
    verify: ({ method, url, headers, rawBody: body }) =>
      verifySignature({ method, url: `${publicUrl}${url}`, headers, body }, { secrets, now, allowV1 }),
    parse(rawBody) {
      try {
        const { hints, ignored } = parseWebhookEvents(rawBody, { maxEvents: MOST_EVENTS });
        if (ignored > 0) log.info({ ignored, hints: hints.length }, "events of no use to this service");
        return { hints };
      } catch (error) {
        if (error instanceof WebhookBodyError) throw new InvalidWebhookBody(error.message, { cause: error });
        throw error;
      }
    },
    async receive(hints) {
      await receiveHints(store.work, hints, now());
      worker.wake();
    },
  };
}
