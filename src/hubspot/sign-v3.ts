import { createHmac } from "node:crypto";

type Signed = {
  method: string;
  /** The full address, with its query. */
  url: string;
  body: string | Buffer;
  /** Milliseconds since 1970, in digits. */
  timestamp: string;
};

/** Decoded before signing; nothing else is: https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** HubSpot's signature, version 3: base64 HMAC-SHA256 of method, address, body and time. */
export function signV3(secret: string, { method, url, body, timestamp }: Signed): string {
  const signedUrl = url.replaceAll(DECODED, decodeURIComponent);
  return createHmac("sha256", secret).update(method).update(signedUrl).update(body).update(timestamp).digest("base64");
}
