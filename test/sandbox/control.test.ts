import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { objectTypes } from "../../src/sandbox/portal/object-types.ts";
import { type OpenSandbox, openSandbox, refusalOf } from "./open-clients.ts";

let open: OpenSandbox;
beforeEach(async () => {
  open = await openSandbox({ companies: 20 });
});
afterEach(() => open.sandbox.close());

const ask = (token: string, path: string, method = "GET", body?: unknown) =>
  fetch(`${open.sandbox.url}/sandbox/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe("the control endpoints", () => {
  it("show the state to a person, not to the app", async () => {
    await open.app.batchRead("companies", []);
    expect((await ask(open.sandbox.appToken, "state")).status).toBe(403);
    expect(await (await ask(open.sandbox.personToken, "state")).json()).toMatchObject({
      now: "2026-10-05T09:00:00.000Z",
      counts: { companies: 20 },
      calls: { "companies batch/read": 1 },
      webhooks: { targetUrl: null, subscriptions: [] },
    });
  });

  it("set subscriptions, and refuse what no portal could send", async () => {
    const subscriptions = [{ subscriptionType: "object.creation", objectType: "invoice", active: true }];
    const settings = { targetUrl: "http://127.0.0.1:9/hook", subscriptions };
    expect((await ask(open.sandbox.personToken, "subscriptions", "PUT", settings)).status).toBe(200);
    expect(open.sandbox.webhooks.settings).toEqual(settings);
    const ofHub = { subscriptionType: "contact.privacyDeletion", active: true };
    const withHub = { ...settings, subscriptions: [...subscriptions, ofHub] };
    expect((await ask(open.sandbox.personToken, "subscriptions", "PUT", withHub)).status).toBe(200);
    expect(open.sandbox.webhooks.settings).toEqual(withHub);
    for (const wrong of [
      { ...ofHub, objectType: "contact" },
      { subscriptionType: "object.creation", active: true },
      { ...subscriptions[0], objectType: "butterfly" },
      { ...subscriptions[0], propertyName: "name" },
      { ...subscriptions[0], subscriptionType: "object.propertyChange" },
    ]) {
      const body = { targetUrl: null, subscriptions: [wrong] };
      expect((await ask(open.sandbox.personToken, "subscriptions", "PUT", body)).status).toBe(400);
    }
  });

  it("move the clock, and the customers live on", async () => {
    const before = open.sandbox.portal.clock.now();
    const state = await (await ask(open.sandbox.personToken, "clock", "POST", { days: 3 })).json();
    expect(state).toMatchObject({ now: "2026-10-08T09:00:00.000Z", clockOffsetMs: 3 * 86_400_000 });
    const moved = [...open.sandbox.portal.records.live(objectTypes.company)].filter(
      ({ updatedAt }) => updatedAt > before,
    );
    expect(moved.length).toBeGreaterThan(10);
  });
});

describe("gates", () => {
  const isCreate = (method: string, path: string) => method === "POST" && path === "/crm/v3/objects/companies";
  const create = () => open.app.create("companies", { name: "Sperret AS" });
  const count = () => open.sandbox.portal.records.count(objectTypes.company);

  it("hold an answer back after the request was handled", async () => {
    const hold = open.sandbox.holdNext(isCreate);
    const creation = create();
    await hold.reached;
    expect(count()).toBe(21);
    hold.release();
    expect((await creation).properties["name"]).toBe("Sperret AS");
  });

  it("hold a request back before it is handled, and let others pass", async () => {
    const hold = open.sandbox.holdNext(isCreate, { before: true });
    const creation = create();
    await hold.reached;
    expect(count()).toBe(20);
    await create();
    expect(count()).toBe(21);
    hold.release();
    await creation;
    expect(count()).toBe(22);
  });

  it("drop an answer after the request was handled", async () => {
    const drop = open.sandbox.dropNext(isCreate);
    await expect(create()).rejects.toThrow("fetch failed");
    await drop.reached;
    expect(count()).toBe(21);
    await create();
  });

  it.each([
    [{ status: 423 }, { code: 423, body: { status: "error", correlationId: expect.any(String) } }],
    [
      { status: 477, headers: { "retry-after": "3600" } },
      { code: 477, headers: { "retry-after": "3600" } },
    ],
    [
      { status: 409, body: { category: "CONFLICT", correlationId: "c-1" } },
      { code: 409, body: { category: "CONFLICT", correlationId: "c-1" } },
    ],
    [
      { status: 502, body: "<html>Bad Gateway</html>" },
      { code: 502, body: "<html>Bad Gateway</html>" },
    ],
  ])("give one answer that a test wants: %j", async (answer, expected) => {
    const wanted = open.sandbox.answerNext(isCreate, answer);
    await open.app.list("companies");
    expect(await refusalOf(create())).toMatchObject(expected);
    await wanted.reached;
    expect(count()).toBe(20);
    expect(open.sandbox.requests(({ method }) => method === "POST")).toMatchObject([{ status: answer.status }]);
    await create();
    expect(count()).toBe(21);
  });

  it("give an answer that a test wants to a call that is done", async () => {
    open.sandbox.answerNext(isCreate, { status: 504, handled: true });
    expect((await refusalOf(create())).code).toBe(504);
    expect(count()).toBe(21);
  });

  it("look at the body", async () => {
    const named = (name: string) => (_: string, __: string, body: unknown) => JSON.stringify(body ?? {}).includes(name);
    const hold = open.sandbox.holdNext(named("no such name"));
    await create();
    hold.release();
    expect(open.sandbox.requests(({ method }) => method === "POST")).toMatchObject([
      { path: "/crm/v3/objects/companies", status: 201, body: { properties: { name: "Sperret AS" } } },
    ]);
    open.sandbox.forgetCalls();
    expect(open.sandbox.requests()).toEqual([]);
    expect(open.sandbox.calls).toEqual({});
  });
});
