import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Agent, request } from "node:http";
import { createMetrics } from "../../src/http/metrics.ts";
import { CannotListen, startHttp } from "../../src/http/start-http.ts";
import { createRecordingLog } from "../recording-log.ts";
import { ADMIN_TOKEN, openDoor, sign, type Door } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close(0));

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe("every page", () => {
  it("answers what it does not know with 404 in JSON, under the caller's request id", async () => {
    const answer = await fetch(`${door.url}/secrets.txt`, { headers: { "x-request-id": "trace-7" } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("x-request-id")).toBe("trace-7");
    expect(await answer.json()).toEqual({ error: "not_found", requestId: "trace-7" });
  });

  it("makes a request id of its own where the caller's could forge a log line", async () => {
    const answer = await fetch(`${door.url}/livez`, { headers: { "x-request-id": 'a" level="error' } });
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("wears helmet's headers, names no software and is not cached", async () => {
    const { headers } = await fetch(`${door.url}/livez`);
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("tells the operator of an unforeseen error, and the caller nothing but its id", async () => {
    door.metrics.render = () => Promise.reject(new Error("the secret is 42"));
    const answer = await fetch(`${door.url}/metrics`, bearer(ADMIN_TOKEN));
    const requestId = answer.headers.get("x-request-id");
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ error: "internal_error", requestId });
    expect(door.log.lines).toMatchObject([
      { level: "error", message: "a request failed", fields: { requestId, path: "/metrics", method: "GET" } },
    ]);
  });
});

describe("the probes", () => {
  it("says alive while not ready, and names what is not ready", async () => {
    const checks = [
      { name: "rules", ok: true, detail: "in force", stopsTraffic: false },
      { name: "database", ok: false, detail: "cannot be reached", stopsTraffic: true },
    ];
    door.readiness = () => Promise.resolve(checks);
    expect((await fetch(`${door.url}/livez`)).status).toBe(200);
    const answer = await fetch(`${door.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ ok: false, checks });
  });

  it("says ready when every check is ok", async () => {
    const checks = [{ name: "database", ok: true, detail: "answers", stopsTraffic: true }];
    door.readiness = () => Promise.resolve(checks);
    const answer = await fetch(`${door.url}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ok: true, checks });
  });

  it("lets webhooks come while only the work behind the door is held, and says so", async () => {
    const checks = [{ name: "work", ok: false, detail: "held", stopsTraffic: false }];
    door.readiness = () => Promise.resolve(checks);
    const answer = await fetch(`${door.url}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ok: false, checks });
  });

  it("is not ready when readiness cannot be told, and keeps the reason in the log", async () => {
    const error = new Error("password in here");
    door.readiness = () => Promise.reject(error);
    const answer = await fetch(`${door.url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("password");
    expect(door.log.lines).toMatchObject([{ level: "warn", fields: { error } }]);
  });
});

describe("the metrics page", () => {
  it("shows everything to the bearer of the admin token", async () => {
    const answer = await fetch(`${door.url}/metrics`, bearer(ADMIN_TOKEN));
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(text).toContain('customer_health_webhook_requests_total{outcome="wrong_signature"} 0');
    expect(text).toContain("customer_health_process_cpu_seconds_total");
  });

  it.each([
    ["none", {}],
    ["another token", bearer(`${ADMIN_TOKEN}x`)],
    ["another scheme", { headers: { authorization: `Basic ${ADMIN_TOKEN}` } }],
  ])("asks for the token where there is %s", async (_what, init) => {
    const answer = await fetch(`${door.url}/metrics`, init);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(await answer.text()).not.toContain("customer_health");
  });

  it("does not exist without an admin token, not even for an empty one", async () => {
    const open = await openDoor({ adminToken: null });
    try {
      expect((await fetch(`${open.url}/metrics`, bearer(""))).status).toBe(404);
    } finally {
      await open.close(0);
    }
  });
});

describe("starting and closing", () => {
  it("says which host and port could not be had", async () => {
    const log = createRecordingLog();
    const { port } = door;
    const second = startHttp({
      host: "127.0.0.1",
      port,
      log,
      metrics: createMetrics({ log }),
      adminToken: null,
      readiness: () => Promise.resolve([]),
      webhook: {
        verify: () => ({ valid: true }),
        parse: () => ({ hints: [] }),
        receive: () => Promise.resolve(),
      },
    });
    await expect(second).rejects.toBeInstanceOf(CannotListen);
    await expect(second).rejects.toMatchObject({ host: "127.0.0.1", port });
  });

  it("lets what is under way end, takes nothing new, and does not wait for idle connections", async () => {
    const agent = new Agent({ keepAlive: true });
    const { promise: stored, resolve: store } = Promise.withResolvers<undefined>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<undefined>();
    door.store = () => {
      reach(undefined);
      return stored;
    };
    const body = JSON.stringify([{ subscriptionType: "ticket.creation", objectId: 1, occurredAt: 1780308000000 }]);
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const call = request(
        `${door.url}/webhooks/hubspot`,
        { agent, method: "POST", headers: sign({ body }) },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      call.on("error", reject);
      call.end(body);
    });
    await reached;

    const closed = door.close(60_000);
    await expect(fetch(`${door.url}/livez`)).rejects.toThrow();
    store(undefined);
    expect(await answered).toBe(200);
    await closed;
    expect(door.kept).toMatchObject([{ type: "ticket", id: "1" }]);
    agent.destroy();
  });

  it("cuts off what has not ended in the time given", async () => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<undefined>();
    door.store = () => {
      reach(undefined);
      return new Promise(() => undefined);
    };
    const body = "[]";
    const call = fetch(`${door.url}/webhooks/hubspot`, { method: "POST", body, headers: sign({ body }) });
    call.catch(() => undefined);
    await reached;
    await door.close(10);
    await expect(call).rejects.toThrow();
    expect(door.kept).toEqual([]);
  });
});
