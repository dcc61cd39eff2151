import { afterEach, describe, expect, it } from "@jest/globals";

import { z } from "zod";

import { askAs } from "./ask-as.ts";
import { type OpenSandbox, openSandbox, refusalOf, START } from "./open-clients.ts";

const LIST_PATH = "/crm/v3/objects/companies";
const LINKS_PATH = "/crm/v4/associations/tickets/companies/batch/read";
const MIDNIGHT_IN_OSLO = Date.parse("2026-10-05T22:00:00.000Z");

const Usage = z.object({
  results: z.tuple([z.object({ usageLimit: z.number(), currentUsage: z.number(), resetsAt: z.string() })]),
});

let open: OpenSandbox;
afterEach(() => open.sandbox.close());

const ask = (method: string, path: string, body?: unknown, token = open.sandbox.appToken) =>
  askAs(token, `${open.sandbox.url}${path}`, method, body);

async function readUsage() {
  const answer = await ask("GET", "/account-info/v3/api-usage/daily/private-apps");
  return Usage.parse(answer.body).results[0];
}

describe("the limits", () => {
  it("give as many calls as the window holds, and more as it slides", async () => {
    let monotonicMs = 0;
    open = await openSandbox({ limitPer10s: 3, monotonicMs: () => monotonicMs });
    const read = () => open.app.list("companies");
    await read();
    monotonicMs = 6_000;
    await read();
    await read();
    const refusal = await refusalOf(read());
    expect(refusal.code).toBe(429);
    expect(refusal.body).toMatchObject({ policyName: "TEN_SECONDLY_ROLLING", errorType: "RATE_LIMIT" });
    expect(refusal.headers).toMatchObject({ "x-hubspot-ratelimit-max": "3", "x-hubspot-ratelimit-remaining": "0" });
    await open.person.list("companies");
    monotonicMs = 10_001;
    await read();
    expect((await refusalOf(read())).code).toBe(429);
    expect(open.sandbox.requests(({ status }) => status === 429)).toHaveLength(2);
  });

  it("count down in the headers", async () => {
    open = await openSandbox({ limitPer10s: 190 });
    const answer = await open.app.client.apiRequest({ path: "/crm/v3/objects/companies" });
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      "x-hubspot-ratelimit-daily": "625000",
      "x-hubspot-ratelimit-daily-remaining": "624999",
      "x-hubspot-ratelimit-interval-milliseconds": "10000",
      "x-hubspot-ratelimit-max": "190",
      "x-hubspot-ratelimit-remaining": "189",
      "x-hubspot-ratelimit-secondly": "19",
      "x-hubspot-ratelimit-secondly-remaining": "18",
    });
  });

  it("give five searches a second, apart from the other calls", async () => {
    let monotonicMs = 0;
    open = await openSandbox({ limitPer10s: 1, monotonicMs: () => monotonicMs });
    const search = () => open.app.search("companies", [], { limit: 1 });
    for (let count = 0; count < 5; count += 1) await search();
    const refusal = await refusalOf(search());
    expect(refusal.body).toMatchObject({ policyName: "SECONDLY", message: "You have reached your secondly limit." });
    const names = Object.keys(refusal.headers).filter((name) => name.startsWith("x-hubspot-ratelimit"));
    expect(names.sort()).toEqual(["x-hubspot-ratelimit-daily", "x-hubspot-ratelimit-daily-remaining"]);
    monotonicMs = 1_001;
    await search();
    await open.app.list("companies");
  });

  it.each([
    [100, 100],
    [190, 150],
    [250, 200],
    [19, 15],
  ])("of %i calls in ten seconds leave %i to the associations", async (limitPer10s, associations) => {
    let monotonicMs = 0;
    open = await openSandbox({ limitPer10s, monotonicMs: () => monotonicMs });
    const readLinks = () => ask("POST", LINKS_PATH, { inputs: [] });
    for (let count = 0; count < associations; count += 1) expect((await readLinks()).status).toBe(200);
    const rest = limitPer10s - associations;
    const refused = rest > 0 ? await readLinks() : undefined;
    for (let count = 0; count < rest; count += 1) expect((await ask("GET", LIST_PATH)).status).toBe(200);
    expect((await ask("GET", LIST_PATH)).status).toBe(429);
    if (refused) expect(refused).toMatchObject({ status: 429, body: { policyName: "TEN_SECONDLY_ROLLING" } });
    monotonicMs = 10_000;
    expect((await readLinks()).status).toBe(200);
  });

  it("leave a call uncounted that is refused before it is counted", async () => {
    open = await openSandbox({ limitPer10s: 1, scopes: ["crm.schemas.companies.read"] });
    expect((await ask("GET", LIST_PATH)).status).toBe(403);
    expect((await ask("GET", "/crm/v3/properties/companies")).status).toBe(200);
    expect((await ask("GET", "/crm/v3/properties/companies")).status).toBe(429);
    expect(open.sandbox.usage().calls.general).toBe(1);
  });
});

describe("the account's limits", () => {
  const search = (token = open.sandbox.appToken) => ask("POST", `${LIST_PATH}/search`, { limit: 1 }, token);

  it("give five searches a second to all tokens together", async () => {
    let monotonicMs = 0;
    open = await openSandbox({ monotonicMs: () => monotonicMs });
    for (let count = 0; count < 3; count += 1) expect((await search(open.sandbox.personToken)).status).toBe(200);
    monotonicMs = 500;
    for (let count = 0; count < 2; count += 1) expect((await search()).status).toBe(200);
    expect(await search()).toMatchObject({ status: 429, body: { policyName: "SECONDLY" } });
    monotonicMs = 1_000;
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await search()).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it("give what another app's searches leave, at any instant", async () => {
    let monotonicMs = 0;
    open = await openSandbox({ monotonicMs: () => monotonicMs });
    open.sandbox.otherApps.searchesPerSecond(3);
    // Two within any second, however they lie: the third must wait until the first is a second old.
    for (const [at, status] of [
      [0, 200],
      [900, 200],
      [999, 429],
      [1_000, 200],
      [1_899, 429],
      [1_900, 200],
      [1_901, 429],
    ] as const) {
      monotonicMs = at;
      expect([at, (await search()).status]).toEqual([at, status]);
    }
    open.sandbox.otherApps.searchesPerSecond(0);
    expect((await search()).status).toBe(200);
    expect(() => open.sandbox.otherApps.searchesPerSecond(6)).toThrow("searchesPerSecond: 6");
  });

  it("end the day at the portal's midnight, for all tokens and other apps together", async () => {
    open = await openSandbox({ dailyLimit: 10 });
    open.sandbox.otherApps.useDaily(7);
    expect((await ask("GET", LIST_PATH)).headers.get("x-hubspot-ratelimit-daily-remaining")).toBe("2");
    expect((await ask("GET", LIST_PATH, undefined, open.sandbox.personToken)).status).toBe(200);
    expect(await readUsage()).toEqual({ usageLimit: 10, currentUsage: 10, resetsAt: "2026-10-05T22:00:00.000Z" });
    for (const answer of [await ask("GET", LIST_PATH), await search()])
      expect(answer).toMatchObject({
        status: 429,
        body: { errorType: "RATE_LIMIT", policyName: "DAILY", message: "You have reached your daily limit." },
      });
    expect((await ask("GET", LIST_PATH)).headers.get("x-hubspot-ratelimit-daily-remaining")).toBe("0");
    open.pass(MIDNIGHT_IN_OSLO - START - 1);
    expect((await ask("GET", LIST_PATH)).status).toBe(429);
    open.pass(1);
    expect(await readUsage()).toMatchObject({ currentUsage: 1, resetsAt: "2026-10-06T22:00:00.000Z" });
  });

  it.each([
    ["2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    ["2026-12-31T22:59:59.999Z", "2026-12-31T23:00:00.000Z"],
  ])("at %s let the day end at %s", async (now, resetsAt) => {
    open = await openSandbox({ now: () => new Date(now) });
    expect(await readUsage()).toMatchObject({ resetsAt });
  });

  it("give the associations a day of their own", async () => {
    open = await openSandbox({ dailyLimit: 100, dailyAssociationLimit: 2 });
    const readLinks = () => ask("POST", LINKS_PATH, { inputs: [] });
    await readLinks();
    await readLinks();
    expect(await readLinks()).toMatchObject({ status: 429, body: { policyName: "DAILY" } });
    expect((await ask("GET", LIST_PATH)).status).toBe(200);
    open.pass(MIDNIGHT_IN_OSLO - START);
    expect((await readLinks()).status).toBe(200);
  });

  it("are told per token", async () => {
    let monotonicMs = 0;
    open = await openSandbox({ limitPer10s: 4, monotonicMs: () => monotonicMs });
    for (const at of [0, 6_000, 6_000, 9_000, 9_001, 10_000, 30_000]) {
      monotonicMs = at;
      await ask("GET", LIST_PATH);
    }
    await ask("POST", LINKS_PATH, { inputs: [] });
    await search();
    await ask("GET", LIST_PATH, undefined, open.sandbox.personToken);
    expect(open.sandbox.usage()).toEqual({
      calls: { general: 6, association: 1, search: 1 },
      refusals: { DAILY: 0, TEN_SECONDLY_ROLLING: 1, SECONDLY: 0 },
      busiestTenSeconds: { general: 4, association: 1 },
    });
    expect(open.sandbox.usage(open.sandbox.personToken).calls).toEqual({ general: 1, association: 0, search: 0 });
    monotonicMs = 60_000;
    open.sandbox.forgetCalls();
    expect(open.sandbox.usage()).toEqual({
      calls: { general: 0, association: 0, search: 0 },
      refusals: { DAILY: 0, TEN_SECONDLY_ROLLING: 0, SECONDLY: 0 },
      busiestTenSeconds: { general: 0, association: 0 },
    });
  });
});
