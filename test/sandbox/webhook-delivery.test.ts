import { Signature } from "@hubspot/api-client";
import { afterEach, describe, expect, it } from "@jest/globals";

import { eventually } from "../eventually.ts";
import { type Hearing, hearWebhooks, on } from "./hear-webhooks.ts";
import { type Delivery, startReceiver } from "./start-receiver.ts";

let hearing: Hearing;
afterEach(() => hearing.close());

describe("the delivery", () => {
  it("is signed so that HubSpot's own client accepts it, in both versions", async () => {
    hearing = await hearWebhooks([on("creation", "ticket")], { now: () => new Date() });
    await hearing.createTicket();
    await hearing.sandbox.webhooks.idle();
    const [delivery] = hearing.receiver.deliveries;
    if (!delivery) throw new Error("nothing was delivered");
    const { headers, body } = delivery;
    const { clientSecret } = hearing.sandbox;
    // The SDK decodes nothing in the URL, HubSpot does: the oracle gets the URL as HubSpot signs it.
    const url = hearing.receiver.url.replace("%2F", "/");
    const v3 = {
      signature: headers["x-hubspot-signature-v3"] ?? "",
      clientSecret,
      requestBody: body,
      url,
      method: "POST",
      signatureVersion: "v3",
      timestamp: Number(headers["x-hubspot-request-timestamp"]),
    };
    expect(Signature.isValid(v3)).toBe(true);
    expect(Signature.isValid({ ...v3, requestBody: `${body} ` })).toBe(false);
    const v1 = { signature: headers["x-hubspot-signature"] ?? "", clientSecret, requestBody: body, url };
    expect(Signature.isValid(v1)).toBe(true);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-hubspot-signature-version": "v1",
      "user-agent": expect.stringMatching(/^HubSpot Connect 2\.0/),
    });
  });

  it("holds a hundred events at most, some of them twice", async () => {
    hearing = await hearWebhooks([on("propertyChange", "contact", "firstname")], {
      delivery: { flushMs: 200, doubledShare: 0.3 },
    });
    await Promise.all([hearing.createContacts(80), hearing.createContacts(80, 80)]);
    await hearing.sandbox.webhooks.idle();
    expect(Math.max(...hearing.receiver.deliveries.map(({ events }) => events.length))).toBe(100);
    const heard = hearing.receiver.events().map((event) => Number(event["propertyValue"]));
    expect(new Set(heard).size).toBe(160);
    expect(heard.length).toBeGreaterThan(170);
  });

  it("holds its events in no order", async () => {
    hearing = await hearWebhooks([on("propertyChange", "contact", "firstname")]);
    await hearing.createContacts(80);
    await hearing.sandbox.webhooks.idle();
    const heard = hearing.receiver.events().map((event) => Number(event["propertyValue"]));
    expect(heard).not.toEqual([...heard].sort((a, b) => a - b));
  });

  it("is tried again after a refusal, counted up, until it is taken", async () => {
    hearing = await hearWebhooks([on("creation", "ticket")], {}, (_, count) => (count < 3 ? 500 : 204));
    await hearing.createTicket();
    await hearing.sandbox.webhooks.idle();
    expect(hearing.receiver.events().map((event) => event["attemptNumber"])).toEqual([0, 1, 2]);
    expect(new Set(hearing.receiver.events().map((event) => event["eventId"])).size).toBe(1);
  });

  it("is given up after ten tries", async () => {
    hearing = await hearWebhooks([on("creation", "ticket")], {}, () => 404);
    await hearing.createTicket();
    await hearing.sandbox.webhooks.idle();
    expect(hearing.receiver.deliveries).toHaveLength(10);
  });

  it("is tried again when no answer comes in time", async () => {
    hearing = await hearWebhooks([on("creation", "ticket")], { delivery: { timeoutMs: 50 } }, (_, count) =>
      count === 1 ? "hang" : 200,
    );
    await hearing.createTicket();
    await hearing.sandbox.webhooks.idle();
    expect(hearing.receiver.events().map((event) => event["attemptNumber"])).toEqual([0, 1]);
  });

  it("reaches a receiver that was down", async () => {
    hearing = await hearWebhooks([on("creation", "ticket")], { delivery: { retryMs: () => 50 } });
    await hearing.receiver.close();
    await hearing.createTicket();
    const restarted = await startReceiver(() => 200, Number(new URL(hearing.receiver.url).port));
    try {
      await hearing.sandbox.webhooks.idle();
      expect(restarted.events()).toHaveLength(1);
    } finally {
      await restarted.close();
    }
  });

  it("has at most ten requests in flight", async () => {
    const isProbe = ({ events }: Delivery) => events.length === 0;
    const answer = (delivery: Delivery) => (isProbe(delivery) ? 200 : "hang");
    hearing = await hearWebhooks(
      [on("creation", "contact")],
      { delivery: { flushMs: 200, timeoutMs: 60_000 } },
      answer,
    );
    for (let batch = 0; batch < 12; batch += 1) await hearing.createContacts(100);
    const arrived = () => hearing.receiver.deliveries.filter((delivery) => !isProbe(delivery)).length;
    await eventually(() => expect(arrived()).toBe(10));
    // All that the sender had sent in the same breath would have arrived before these.
    for (let probe = 0; probe < 5; probe += 1) await fetch(hearing.receiver.url, { method: "POST", body: "[]" });
    expect(arrived()).toBe(10);
  });
});
