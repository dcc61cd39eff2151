import { describe, expect, it } from "@jest/globals";
import nock from "nock";
import { pingWebhook } from "../../src/hubspot/ping-webhook.ts";
import { reachAddress } from "../../src/hubspot/reach-address.ts";
import { verifySignature } from "../../src/hubspot/verify-signature.ts";
import { useNock } from "./nock-hubspot.ts";
import { SECRET } from "./signed-request.ts";

useNock();

const BASE = "https://health.example.com";
const PATH = "/base%2Fpath/webhooks/hubspot";
const NOW = new Date("2026-11-22T12:00:00Z");

describe("the webhook's address", () => {
  it("is called with what the service takes for HubSpot's own", async () => {
    const verdicts: unknown[] = [];
    nock(BASE)
      .post(PATH)
      .reply(async (request: Request) => {
        const body = Buffer.from(await request.arrayBuffer());
        const headers = Object.fromEntries(request.headers);
        const signed = { method: "POST", url: `${BASE}${PATH}`, headers, body };
        verdicts.push(body.toString(), headers["content-type"]);
        verdicts.push(verifySignature(signed, { secrets: [SECRET], now: () => NOW }));
        verdicts.push(verifySignature(signed, { secrets: ["another-secret-of-length"], now: () => NOW }));
        return [200, "", { date: "Sun, 22 Nov 2026 12:00:07 GMT" }];
      });

    expect(await pingWebhook(`${BASE}${PATH}`, SECRET, NOW)).toEqual({
      status: 200,
      text: "",
      durationMs: expect.any(Number),
      date: new Date("2026-11-22T12:00:07Z"),
    });
    expect(verdicts).toEqual([
      "[]",
      "application/json",
      { valid: true, version: "v3" },
      { valid: false, reason: "mismatch" },
    ]);
  });

  it("is not followed elsewhere", async () => {
    nock(BASE).post(PATH).reply(301, "", { location: "https://elsewhere.example.com/" });
    expect(await pingWebhook(`${BASE}${PATH}`, SECRET, NOW)).toMatchObject({ status: 301, date: null });
  });

  it.each([
    ["ENOTFOUND", "name"],
    ["EAI_AGAIN", "name"],
    ["ECONNREFUSED", "refused"],
    ["CERT_HAS_EXPIRED", "certificate"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate"],
    ["ECONNRESET", "connection"],
  ])("that cannot be reached: %s", async (code, kind) => {
    nock(BASE)
      .post(PATH)
      .replyWithError(Object.assign(new Error("no"), { code }));
    expect(await pingWebhook(`${BASE}${PATH}`, SECRET, NOW)).toEqual({ fault: { kind, code } });
  });

  it("that does not answer in time", async () => {
    nock(BASE).get("/readyz").delay(5_000).reply(200);
    const reached = await reachAddress(`${BASE}/readyz`, { method: "GET", timeoutMs: 20 });
    expect(reached).toEqual({ fault: { kind: "timeout", code: "TIMEOUT" } });
  });
});
