import { createHmac } from "node:crypto";
import type { SignedRequest, SignatureSettings } from "../../src/hubspot/verify-signature.ts";

export const SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
export const URL = "https://www.example.com/webhook_uri";
export const BODY = Buffer.from("{'example_field':'example_value'}");
export const SENT_AT = 1693657560000;
export const SIGNATURE = "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=";

export function settingsAt(nowMs: number, more: Partial<SignatureSettings> = {}): SignatureSettings {
  return { secrets: [SECRET], now: () => new Date(nowMs), ...more };
}

export function requestWith(
  more: Partial<SignedRequest> & { timestamp?: string; signature?: string } = {},
): SignedRequest {
  const { timestamp = String(SENT_AT), signature = SIGNATURE, ...request } = more;
  return {
    method: "POST",
    url: URL,
    body: BODY,
    headers: { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp },
    ...request,
  };
}

export function signV3(url: string, body: Buffer, timestamp: string, secret = SECRET): string {
  return createHmac("sha256", secret).update(`POST${url}`).update(body).update(timestamp).digest("base64");
}
