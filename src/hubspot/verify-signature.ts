import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { signV3 } from "./sign-v3.ts";

export type SignedRequest = {
  method: string;
  /** The full public address with its query, as HubSpot was told to call it; not what a proxy made of it. */
  url: string;
  headers: IncomingHttpHeaders;
  /** The bytes as they came. */
  body: Buffer;
};
export type SignatureSettings = {
  /** The app's client secrets; two while one is being replaced. */
  secrets: readonly string[];
  now: () => Date;
  /** Takes v1 where no v3 is sent. It carries no time, and so can be replayed for ever. */
  allowV1?: boolean;
};
type SignatureResult =
  | { valid: true; version: "v3" | "v1" }
  | { valid: false; reason: "unsigned" | "malformed timestamp" | "stale timestamp" | "future timestamp" | "mismatch" };

const LONGEST_AGE_MS = 5 * 60_000;

/**
 * Whether HubSpot signed this request, and lately. v3 is base64 HMAC-SHA256 of method, address, body and time; where
 * its header is there, nothing less will do. Never throws, and takes as long for a wrong signature as for a right one.
 */
export function verifySignature(request: SignedRequest, settings: SignatureSettings): SignatureResult {
  const { headers } = request;
  if (headers["x-hubspot-signature-v3"] !== undefined) return verifyV3(request, settings);
  const isV1 = headers["x-hubspot-signature-version"] === "v1" && headers["x-hubspot-signature"] !== undefined;
  if (settings.allowV1 === true && isV1) return verifyV1(request, settings);
  return { valid: false, reason: "unsigned" };
}

function verifyV3({ method, url, headers, body }: SignedRequest, settings: SignatureSettings): SignatureResult {
  const timestamp = headers["x-hubspot-request-timestamp"];
  // Number() would take "1e3", " 7" and "", and NaN is neither too old nor too new.
  if (typeof timestamp !== "string" || !/^\d{1,15}$/.test(timestamp)) {
    return { valid: false, reason: "malformed timestamp" };
  }
  const ageMs = settings.now().getTime() - Number(timestamp);
  if (ageMs > LONGEST_AGE_MS) return { valid: false, reason: "stale timestamp" };
  if (ageMs < -LONGEST_AGE_MS) return { valid: false, reason: "future timestamp" };

  const isSigned = isSignedByAny(settings.secrets, headers["x-hubspot-signature-v3"], (secret) =>
    signV3(secret, { method, url, body, timestamp }),
  );
  return isSigned ? { valid: true, version: "v3" } : { valid: false, reason: "mismatch" };
}

function verifyV1({ headers, body }: SignedRequest, settings: SignatureSettings): SignatureResult {
  const isSigned = isSignedByAny(settings.secrets, headers["x-hubspot-signature"], (secret) =>
    createHash("sha256").update(secret).update(body).digest("hex"),
  );
  return isSigned ? { valid: true, version: "v1" } : { valid: false, reason: "mismatch" };
}

/** An empty secret signs nothing: everybody knows it. */
function isSignedByAny(
  secrets: readonly string[],
  signature: string | string[] | undefined,
  sign: (secret: string) => string,
): boolean {
  if (typeof signature !== "string") return false;
  const given = Buffer.from(signature);
  const usable = secrets.filter((secret) => secret !== "");
  const matches = usable.map(sign).filter((expected) => {
    const wanted = Buffer.from(expected);
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  });
  return matches.length > 0;
}
