import type { IncomingHttpHeaders } from "node:http";
import type { Log } from "./log.ts";

/**
 * What the door needs to let a webhook in, in the order in which it asks. `Hint` is one notice that a record changed.
 */
export type Webhook<Hint> = {
  /** Whether HubSpot signed these very bytes for this address a moment ago. Never throws. */
  verify(request: WebhookRequest): SignatureVerdict;
  /** Throws `InvalidWebhookBody` for bytes that are signed and yet are no webhook events. */
  parse(rawBody: Buffer): { hints: readonly Hint[] };
  /** Keeps the hints in one transaction: HubSpot forgets them once this has resolved. */
  receive(hints: readonly Hint[], log: Log): Promise<void>;
};

/** `url` is path and query as they were received, undecoded: the signature covers them so. */
export type WebhookRequest = { method: string; url: string; headers: IncomingHttpHeaders; rawBody: Buffer };

/** `reason` is for the log: it names what was wrong and carries no header's value. */
export type SignatureVerdict = { valid: true } | { valid: false; reason: string };

/** The body is not JSON, or not events as HubSpot sends them. `reason` carries nothing of the body. */
export class InvalidWebhookBody extends Error {
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`not a body of webhook events: ${reason}`, options);
    this.name = "InvalidWebhookBody";
    this.reason = reason;
  }
}
