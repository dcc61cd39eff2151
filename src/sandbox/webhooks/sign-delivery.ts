import { createHash, createHmac } from "node:crypto";

/** The characters that HubSpot writes plainly when it signs a URL; no other escape is touched. */
const DECODED = new Map([
  ["%3A", ":"],
  ["%2F", "/"],
  ["%3F", "?"],
  ["%40", "@"],
  ["%21", "!"],
  ["%24", "$"],
  ["%27", "'"],
  ["%28", "("],
  ["%29", ")"],
  ["%2A", "*"],
  ["%2C", ","],
  ["%3B", ";"],
]);

/**
 * The signature headers of a delivery: v3 over method, URL, body and time, and v1 over the body alone, as HubSpot sends
 * both. https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export function signDelivery(clientSecret: string, url: string, body: string, atMs: number): Record<string, string> {
  const uri = url.replace(/%[0-9A-F]{2}/gi, (escape) => DECODED.get(escape.toUpperCase()) ?? escape);
  const v3 = createHmac("sha256", clientSecret).update(`POST${uri}${body}${atMs}`).digest("base64");
  const v1 = createHash("sha256").update(`${clientSecret}${body}`).digest("hex");
  return {
    "x-hubspot-signature": v1,
    "x-hubspot-signature-version": "v1",
    "x-hubspot-signature-v3": v3,
    "x-hubspot-request-timestamp": String(atMs),
  };
}
