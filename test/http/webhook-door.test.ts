import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { request as sendRequest } from "node:http";
import { connect } from "node:net";
import { eventually } from "../eventually.ts";
import { countOf, openDoor, sign, type Door } from "./door.ts";

const event = (objectId: number, more = {}) => {
  return { subscriptionType: "ticket.creation", objectId, occurredAt: 1780308000000, ...more };
};
const BODY = JSON.stringify([event(546500061938), event(546500061939)]);
const PATH = "/webhooks/hubspot";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close(0));

function post(body: string | Buffer, headers: Record<string, string>) {
  return fetch(door.url + PATH, { method: "POST", body: new Uint8Array(Buffer.from(body)), headers });
}

/** Exactly one line, one count, nothing kept, and neither the line nor the answer tells of the body. */
async function expectRefusal(answer: Response, status: number, outcome: string, fields: object = {}) {
  const text = await answer.text();
  const requestId = answer.headers.get("x-request-id");
  expect(answer.status).toBe(status);
  expect(JSON.parse(text)).toEqual({ error: outcome, requestId });
  expectOneLine(outcome, { status, requestId, ...fields });
  expect(await countOf(door, outcome)).toBe(1);
  expect(await countOf(door, "accepted")).toBe(0);
  expect(text + JSON.stringify(door.log.lines)).not.toMatch(/objectId|5465000619/);
}

function expectOneLine(outcome: string, fields: object) {
  expect(door.log.lines).toEqual([
    {
      level: "warn",
      message: "webhook refused",
      fields: expect.objectContaining({ reason: outcome, ...fields }) as unknown,
    },
  ]);
  expect(door.kept).toEqual([]);
}

describe("the webhook door", () => {
  it("stands where HubSpot is told to call", () => {
    const app: unknown = JSON.parse(readFileSync(new URL("../../hubspot-app.json", import.meta.url), "utf8"));
    expect(app).toMatchObject({ webhookPath: PATH });
  });

  it("keeps the hints of a signed body and answers 200 without a body", async () => {
    const answer = await post(BODY, {
      ...sign({ body: BODY }),
      "x-hubspot-correlation-id": "corr-1",
      "x-request-id": "req-1",
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("");
    expect(door.kept).toMatchObject([
      { type: "ticket", id: "546500061938" },
      { type: "ticket", id: "546500061939" },
    ]);
    expect(door.log.lines).toEqual([
      {
        level: "info",
        message: "webhook received",
        fields: { requestId: "req-1", correlationId: "corr-1", bytes: BODY.length, hints: 2 },
      },
    ]);
    expect(await countOf(door, "accepted")).toBe(1);
    expect((await door.metrics.render()).body).toContain("customer_health_webhook_events_total 2");
  });

  it("verifies the bytes as they came, byte for byte", async () => {
    const [before, after] = JSON.stringify([event(1, { changeSource: "blå|" })]).split("|");
    const odd = Buffer.concat([Buffer.from(`  ${before}`), Buffer.from([0xff, 0xfe]), Buffer.from(`${after}\r\n`)]);
    expect((await post(odd, sign({ body: odd }))).status).toBe(200);
    const even = Buffer.from(odd.toString());
    expect((await post(even, sign({ body: odd }))).status).toBe(401);
  });

  it("verifies path and query as they came, undecoded", async () => {
    const path = `${PATH}?a=%41`;
    const send = (headers: Record<string, string>) => fetch(door.url + path, { method: "POST", body: BODY, headers });
    expect((await send(sign({ body: BODY, path }))).status).toBe(200);
    expect((await send(sign({ body: BODY, path: decodeURIComponent(path) }))).status).toBe(401);
  });

  it.each(["application/json; charset=utf-8", "Application/JSON"])("takes the media type %s", async (type) => {
    expect((await post(BODY, { ...sign({ body: BODY }), "content-type": type })).status).toBe(200);
  });

  it("refuses another method with 405 and says which it takes", async () => {
    const answer = await fetch(door.url + PATH);
    expect(answer.headers.get("allow")).toBe("POST");
    await expectRefusal(answer, 405, "wrong_method", { method: "GET" });
  });

  it.each<[string, Record<string, string>]>([
    ["another media type", { "content-type": "text/plain" }],
    ["a packed body", { "content-encoding": "gzip" }],
  ])("refuses %s with 415", async (_what, headers) => {
    await expectRefusal(await post(BODY, { ...sign({ body: BODY }), ...headers }), 415, "wrong_content_type");
  });

  it("refuses a body without a media type with 415", async () => {
    const headers = sign({ body: BODY });
    delete headers["content-type"];
    await expectRefusal(await post(BODY, headers), 415, "wrong_content_type");
  });

  it("takes a body of the very limit and refuses one byte more", async () => {
    const longest = BODY.padEnd(1_000_000);
    expect((await post(longest, sign({ body: longest }))).status).toBe(200);
    expect((await post(`${longest} `, sign({ body: `${longest} ` }))).status).toBe(413);
    expect(door.kept).toHaveLength(2);
  });

  it("refuses a body that is announced too long before any of it has come", async () => {
    const socket = connect(door.port, "127.0.0.1");
    const lines = ["POST /webhooks/hubspot HTTP/1.1", "host: x", "content-type: application/json"];
    socket.write([...lines, "content-length: 1000001", "", ""].join("\r\n"));
    const head = await new Promise((resolve) => socket.once("data", (data) => resolve(data.toString())));
    socket.destroy();
    expect(head).toMatch(/^HTTP\/1\.1 413 /);
    expectOneLine("body_too_large", { status: 413, bytes: 1_000_001, limitBytes: 1_000_000 });
  });

  it("refuses a body without an announced length once the limit is passed, without waiting for its end", async () => {
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const call = sendRequest(door.url + PATH, { method: "POST", headers: sign({ body: "" }) }, (answer) => {
      resolve(answer.statusCode);
    });
    call.on("error", () => undefined);
    call.write(Buffer.alloc(1_000_001, " "));
    expect(await promise).toBe(413);
    call.destroy();
    expectOneLine("body_too_large", { status: 413 });
    expect(await countOf(door, "body_too_large")).toBe(1);
  });

  it("notes a body that was cut off and keeps nothing of it", async () => {
    const headers = { ...sign({ body: BODY }), "content-length": "1000" };
    const call = sendRequest(door.url + PATH, { method: "POST", headers });
    call.on("error", () => undefined);
    await new Promise((resolve) => call.write(BODY, resolve));
    call.destroy();
    await eventually(() => expectOneLine("body_cut_off", { status: 400 }));
  });

  it.each<[string, string, Record<string, string>]>([
    ["unsigned", "unsigned", { "content-type": "application/json" }],
    ["signed with another secret", "mismatch", sign({ body: BODY, secret: "another-secret" })],
    ["altered in one byte", "mismatch", sign({ body: BODY.replace("38,", "39,") })],
    ["signed for another address", "mismatch", sign({ body: BODY, path: "/webhooks/other" })],
    ["older than 5 minutes", "stale timestamp", sign({ body: BODY, ageMs: 300_001 })],
    ["of the future", "future timestamp", sign({ body: BODY, ageMs: -300_001 })],
  ])("refuses what is %s with 401", async (_what, detail, headers) => {
    await expectRefusal(await post(BODY, headers), 401, "wrong_signature", { bytes: BODY.length, detail });
  });

  it("refuses a doubled signature header, the right one in front or behind", async () => {
    const right = sign({ body: BODY })["x-hubspot-signature-v3"] ?? "";
    for (const doubled of [
      [right, "AAAA"],
      ["AAAA", right],
      [right, right],
    ]) {
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      const headers = { ...sign({ body: BODY }), "x-hubspot-signature-v3": doubled };
      const call = sendRequest(door.url + PATH, { method: "POST", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      call.end(BODY);
      expect(await promise).toBe(401);
    }
    expect(door.kept).toEqual([]);
  });

  it.each(["", "{", '[{"objectId":1}]'])("refuses the signed body %j, which is no events, with 400", async (body) => {
    await expectRefusal(await post(body, sign({ body })), 400, "wrong_body", { bytes: body.length });
  });

  it("asks HubSpot to come again with 503 when the hints could not be kept, and takes them then", async () => {
    const failure = new Error("no connection");
    door.store = () => Promise.reject(failure);
    await expectRefusal(await post(BODY, sign({ body: BODY })), 503, "not_stored", { hints: 2, error: failure });

    door.store = () => Promise.resolve();
    expect((await post(BODY, sign({ body: BODY }))).status).toBe(200);
    expect(door.kept).toHaveLength(2);
  });
});
