import type { IncomingMessage } from "node:http";
import type { Log, LogFields } from "../pipeline/log.ts";
import { InvalidWebhookBody, type Webhook } from "../pipeline/webhook.ts";
import type { Metrics, WebhookOutcome } from "./metrics.ts";
import { readRawBody } from "./read-raw-body.ts";
import type { Handler } from "./request-log.ts";

/** HubSpot sends up to 100 events of some 400 bytes in one POST; the rest is room for long property values. */
const LIMIT_BYTES = 1_000_000;

/** `fields` are for the log: sizes and reasons, nothing of the body and no header's value. */
type Ending = { outcome: WebhookOutcome; status: number; hints?: number; fields: LogFields };

/**
 * Lets a webhook in: method, media type, size, the signature over the raw bytes, then the events, then one transaction
 * that keeps their hints, then 200 and no body. Each step refuses before the next one looks, and a refusal writes
 * nothing but one WARN line and one count.
 *
 * HubSpot waits 5 s, and repeats whatever is not answered with 2xx up to 10 times in 24 hours:
 * https://developers.hubspot.com/docs/apps/developer-platform/add-features/configure-webhooks
 */
export function createWebhookDoor<Hint>(webhook: Webhook<Hint>, metrics: Metrics): Handler {
  return async (request, response) => {
    const { log, requestId } = response.locals;
    const { outcome, status, hints, fields } = await admit(webhook, request, log);
    metrics.countWebhook(outcome, hints);
    if (outcome === "accepted") {
      log.info({ ...fields, hints }, "webhook received");
      response.status(status).end();
      return;
    }
    log.warn({ reason: outcome, status, ...fields }, "webhook refused");
    if (outcome === "wrong_method") response.set("allow", "POST");
    response.status(status).json({ error: outcome, requestId });
  };
}

type Call = IncomingMessage & { method: string; originalUrl: string };

async function admit<Hint>(webhook: Webhook<Hint>, request: Call, log: Log): Promise<Ending> {
  const { method, headers, originalUrl: url } = request;
  if (method !== "POST") return { outcome: "wrong_method", status: 405, fields: { method } };
  if (!isPlainJson(request)) return { outcome: "wrong_content_type", status: 415, fields: {} };

  const body = await readRawBody(request, LIMIT_BYTES);
  if (body.kind === "too_large") {
    return { outcome: "body_too_large", status: 413, fields: { bytes: body.bytes, limitBytes: LIMIT_BYTES } };
  }
  if (body.kind === "cut_off") return { outcome: "body_cut_off", status: 400, fields: { bytes: body.bytes } };
  const { rawBody } = body;
  const bytes = rawBody.length;

  const verdict = webhook.verify({ method, url, headers, rawBody });
  if (!verdict.valid) return { outcome: "wrong_signature", status: 401, fields: { bytes, detail: verdict.reason } };

  let hints: readonly Hint[];
  try {
    ({ hints } = webhook.parse(rawBody));
  } catch (error) {
    if (!(error instanceof InvalidWebhookBody)) throw error;
    return { outcome: "wrong_body", status: 400, fields: { bytes, detail: error.reason } };
  }

  try {
    await webhook.receive(hints, log);
  } catch (error) {
    return { outcome: "not_stored", status: 503, fields: { bytes, hints: hints.length, error } };
  }
  return { outcome: "accepted", status: 200, hints: hints.length, fields: { bytes } };
}

/** The signature is over the bytes as HubSpot made them, so a body that was packed on its way could never be verified. */
function isPlainJson({ headers }: IncomingMessage): boolean {
  const mediaType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  return mediaType === "application/json" && (headers["content-encoding"] ?? "identity") === "identity";
}
