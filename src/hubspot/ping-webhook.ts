import type { Reached } from "../pipeline/doctor/reached.ts";
import { reachAddress } from "./reach-address.ts";
import { signV3 } from "./sign-v3.ts";

/** As long as HubSpot waits. */
const TIMEOUT_MS = 5_000;
/** A delivery without events: it is let in like any other, and means nothing. */
const BODY = "[]";

/** Calls the webhook's address as HubSpot does, signed with the app's client secret. */
export function pingWebhook(url: string, secret: string, now: Date): Promise<Reached> {
  const timestamp = String(now.getTime());
  return reachAddress(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-hubspot-request-timestamp": timestamp,
      "x-hubspot-signature-v3": signV3(secret, { method: "POST", url, body: BODY, timestamp }),
    },
    body: BODY,
    timeoutMs: TIMEOUT_MS,
  });
}
