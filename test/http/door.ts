import { createHmac } from "node:crypto";
import { createMetrics } from "../../src/http/metrics.ts";
import type { Check } from "../../src/http/probes.ts";
import { startHttp } from "../../src/http/start-http.ts";
import { parseWebhookEvents, WebhookBodyError, type WebhookHint } from "../../src/hubspot/parse-webhook-events.ts";
import { verifySignature } from "../../src/hubspot/verify-signature.ts";
import { InvalidWebhookBody, type WebhookRequest } from "../../src/pipeline/webhook.ts";
import { createRecordingLog } from "../recording-log.ts";

const SECRET = "a-client-secret-for-tests";
const PUBLIC_URL = "https://health.example.com";
const NOW = new Date("2026-06-01T10:00:00Z");
export const ADMIN_TOKEN = "an-admin-token-of-at-least-32-characters";

/** A real server on a free port; what it keeps, what is ready and what fails are for the test to set. */
export async function openDoor({ adminToken = ADMIN_TOKEN }: { adminToken?: string | null } = {}) {
  const log = createRecordingLog();
  const metrics = createMetrics({ log });
  const door = {
    kept: [] as WebhookHint[],
    store: (): Promise<void> => Promise.resolve(),
    readiness: (): Promise<Check[]> => Promise.resolve([]),
  };
  const http = await startHttp<WebhookHint>({
    host: "127.0.0.1",
    port: 0,
    log,
    metrics,
    adminToken,
    readiness: () => door.readiness(),
    webhook: {
      verify,
      parse,
      async receive(hints) {
        await door.store();
        door.kept.push(...hints);
      },
    },
  });
  return Object.assign(door, { ...http, url: `http://127.0.0.1:${http.port}`, log, metrics });
}

export type Door = Awaited<ReturnType<typeof openDoor>>;

type Signed = { body: string | Buffer; path?: string; secret?: string; ageMs?: number };

/** The headers that HubSpot sends with a body, signed version 3, `ageMs` ago. */
export function sign({ body, path = "/webhooks/hubspot", secret = SECRET, ageMs = 0 }: Signed): Record<string, string> {
  const timestamp = String(NOW.getTime() - ageMs);
  const hmac = createHmac("sha256", secret).update(`POST${PUBLIC_URL}${path}`).update(body).update(timestamp);
  return {
    "content-type": "application/json",
    "x-hubspot-request-timestamp": timestamp,
    "x-hubspot-signature-v3": hmac.digest("base64"),
  };
}

/** How many calls ended so, as the metrics show it. */
export async function countOf(door: Door, outcome: string): Promise<number> {
  const { body } = await door.metrics.render();
  return Number(new RegExp(`webhook_requests_total\\{outcome="${outcome}"\\} (\\d+)`).exec(body)?.[1]);
}

function verify({ method, url, headers, rawBody }: WebhookRequest) {
  const request = { method, url: PUBLIC_URL + url, headers, body: rawBody };
  return verifySignature(request, { secrets: [SECRET], now: () => NOW });
}

function parse(rawBody: Buffer): { hints: WebhookHint[] } {
  try {
    return parseWebhookEvents(rawBody, { maxEvents: 100 });
  } catch (cause) {
    if (cause instanceof WebhookBodyError) throw new InvalidWebhookBody(cause.message, { cause });
    throw cause;
  }
}
