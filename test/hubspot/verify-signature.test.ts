import { describe, expect, it } from "@jest/globals";
import { Signature } from "@hubspot/api-client";
import fc from "fast-check";
import { verifySignature } from "../../src/hubspot/verify-signature.ts";
import { SECRET, URL, BODY, SENT_AT, SIGNATURE, settingsAt, requestWith, signV3 } from "./signed-request.ts";

describe("verifySignature, v3", () => {
  it.each([
    [SENT_AT, SIGNATURE],
    [1700000300000, "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="],
  ])("takes HubSpot's vector of %d", (sentAt, signature) => {
    const request = requestWith({ timestamp: String(sentAt), signature });

    expect(verifySignature(request, settingsAt(sentAt))).toEqual({ valid: true, version: "v3" });
  });

  it.each([
    ["five minutes old", 300_000, { valid: true, version: "v3" }],
    ["older", 300_001, { valid: false, reason: "stale timestamp" }],
    ["five minutes ahead", -300_000, { valid: true, version: "v3" }],
    ["further ahead", -300_001, { valid: false, reason: "future timestamp" }],
  ])("judges one that is %s", (_name, ageMs, result) => {
    expect(verifySignature(requestWith(), settingsAt(SENT_AT + ageMs))).toEqual(result);
  });

  it.each(["", "now", "1693657560000.0", " 1693657560000", "+1693657560000", "1.6e12", "9".repeat(40)])(
    "refuses the timestamp %j, though it be signed",
    (timestamp) => {
      const request = requestWith({ timestamp, signature: signV3(URL, BODY, timestamp) });

      expect(verifySignature(request, settingsAt(SENT_AT))).toEqual({ valid: false, reason: "malformed timestamp" });
    },
  );

  it("refuses one without a timestamp", () => {
    const request = requestWith({ headers: { "x-hubspot-signature-v3": SIGNATURE } });

    expect(verifySignature(request, settingsAt(SENT_AT))).toEqual({ valid: false, reason: "malformed timestamp" });
  });

  it.each([
    ["method", requestWith({ method: "PUT" })],
    ["address", requestWith({ url: `${URL}?a=1` })],
    ["body", requestWith({ body: Buffer.from("{}") })],
    ["time", requestWith({ timestamp: String(SENT_AT + 1) })],
    ["signature", requestWith({ signature: SIGNATURE.replace("K", "k") })],
    ["signature, cut", requestWith({ signature: SIGNATURE.slice(0, -1) })],
    ["signature, empty", requestWith({ signature: "" })],
  ])("refuses another %s", (_name, request) => {
    expect(verifySignature(request, settingsAt(SENT_AT))).toEqual({ valid: false, reason: "mismatch" });
  });

  it("takes either secret while one is being replaced, and never an empty one", () => {
    const bySecret = (secrets: string[], signature = SIGNATURE) =>
      verifySignature(requestWith({ signature }), settingsAt(SENT_AT, { secrets })).valid;

    expect(bySecret(["new", SECRET])).toBe(true);
    expect(bySecret([SECRET, "new"])).toBe(true);
    expect(bySecret(["new"])).toBe(false);
    expect(bySecret([])).toBe(false);
    expect(bySecret([""], signV3(URL, BODY, String(SENT_AT), ""))).toBe(false);
  });

  it("decodes of the address what HubSpot decodes, and nothing else", () => {
    const called = `${URL}%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B?q=%20%26%3D%25%23%2b%C3%B8`;
    const signed = `${URL}:/?@!$'()*,;?q=%20%26%3D%25%23%2b%C3%B8`;
    const signature = signV3(signed, BODY, String(SENT_AT));

    expect(verifySignature(requestWith({ url: called, signature }), settingsAt(SENT_AT)).valid).toBe(true);
  });

  it("signs bytes, also such as are no text", () => {
    const body = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x7d]);
    const signature = signV3(URL, body, String(SENT_AT));
    const other = Buffer.from([0x7b, 0xff, 0xff, 0x00, 0xc3, 0x28, 0x7d]);

    expect(verifySignature(requestWith({ body, signature }), settingsAt(SENT_AT)).valid).toBe(true);
    expect(verifySignature(requestWith({ body: other, signature }), settingsAt(SENT_AT)).valid).toBe(false);
  });

  it("agrees with HubSpot's SDK", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ minLength: 1 }),
        fc.constantFrom("POST", "GET"),
        fc.webUrl({ withQueryParameters: true }),
        fc.boolean(),
        (text, secret, method, anyUrl, isAltered) => {
          const url = anyUrl.replaceAll("%", ""); // The SDK decodes nothing.
          const timestamp = Date.now();
          const signature = Signature.getSignature(method, "v3", {
            clientSecret: secret,
            requestBody: text,
            signature: "",
            timestamp,
            url,
          });
          const requestBody = isAltered ? `${text} ` : text;
          const sdkSays = Signature.isValid({
            signature,
            clientSecret: secret,
            requestBody,
            url,
            method,
            signatureVersion: "v3",
            timestamp,
          });
          const request = requestWith({
            method,
            url,
            body: Buffer.from(requestBody),
            timestamp: String(timestamp),
            signature,
          });

          expect(verifySignature(request, settingsAt(timestamp, { secrets: [secret] })).valid).toBe(sdkSays);
        },
      ),
    );
  });

  it("throws at nothing", () => {
    const Header = fc.option(fc.oneof(fc.string(), fc.array(fc.string())), { nil: undefined });
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            "x-hubspot-signature-v3",
            "x-hubspot-request-timestamp",
            "x-hubspot-signature",
            "x-hubspot-signature-version",
          ),
          Header,
        ),
        fc.string(),
        fc.uint8Array(),
        (headers, url, bytes) => {
          const request = { method: "POST", url, headers, body: Buffer.from(bytes) };
          expect(verifySignature(request, settingsAt(SENT_AT, { allowV1: true })).valid).toBe(false);
        },
      ),
    );
  });
});
