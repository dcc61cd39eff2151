import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it } from "@jest/globals";
import { createHubSpot } from "../../src/hubspot/create-hubspot.ts";
import { createRepeat } from "../../src/hubspot/create-repeat.ts";
import { HubSpotClosed, HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import { createTestHubSpot, rejectionOf, TOKEN } from "./test-hubspot.ts";

/** A HubSpot of our own over real HTTP. */
async function startServer(answer: Parameters<typeof createServer>[1]) {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const DETAILS = JSON.stringify({ portalId: 1, timeZone: "Europe/Oslo", companyCurrency: "NOK" });

describe("the transport", () => {
  it("gives up on a call that is not answered, and one whose answer does not end", async () => {
    let asked = 0;
    await using server = await startServer((_request, response) => {
      asked += 1;
      if (asked > 1) response.writeHead(200, { "content-type": "application/json" }).write('{"portalId":');
    });
    const { hubspot } = createTestHubSpot({ baseUrl: server.baseUrl, timeoutMs: 250 });

    const error = await rejectionOf(hubspot.readAccount());

    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(error).toMatchObject({ status: null });
    expect(asked).toBe(3);
  });

  it("says that nobody answered", async () => {
    const { baseUrl } = await (async () => {
      await using server = await startServer(() => undefined);
      return server;
    })();

    const error = await rejectionOf(createTestHubSpot({ baseUrl }).hubspot.readAccount());

    expect(error).toBeInstanceOf(HubSpotUnavailable);
  });

  it("carries the token to its own address only, never along a redirect", async () => {
    const visits: string[] = [];
    await using other = await startServer((request, response) => {
      visits.push(request.headers.authorization ?? "none");
      response.end(DETAILS);
    });
    await using server = await startServer((_request, response) => {
      response.writeHead(307, { location: `${other.baseUrl}/` }).end();
    });

    await rejectionOf(createTestHubSpot({ baseUrl: server.baseUrl }).hubspot.readAccount());

    expect(visits).toEqual([]);
  });

  it("tells the log what was called, with neither token nor query", async () => {
    await using server = await startServer((_request, response) => {
      response.end('{"results":[]}');
    });
    const { hubspot, logged } = createTestHubSpot({ baseUrl: server.baseUrl });

    await rejectionOf(hubspot.listRecords({ type: "company", properties: ["secret_name"], linksTo: [] }));

    expect(logged.join()).toContain("GET /crm/v3/objects/companies");
    expect(logged.join()).not.toContain(TOKEN);
    expect(logged.join()).not.toContain("secret_name");
  });

  it("holds all calls after a 429, and takes the limit from the headers", async () => {
    let asked = 0;
    await using server = await startServer((_request, response) => {
      asked += 1;
      const headers = {
        "content-type": "application/json",
        "x-hubspot-ratelimit-interval-milliseconds": "10000",
        "x-hubspot-ratelimit-max": "1",
      };
      const limited = JSON.stringify({ policyName: "TEN_SECONDLY_ROLLING", message: "You have reached your limit." });
      response.writeHead(asked === 1 ? 429 : 200, headers).end(asked === 1 ? limited : DETAILS);
    });
    const { hubspot, waitedMs, logged } = createTestHubSpot({ baseUrl: server.baseUrl });

    await hubspot.readAccount();
    await hubspot.readAccount();

    // The pause and half a backoff, then a window of one call.
    expect(waitedMs[0]).toBe(10_500);
    expect(waitedMs.slice(1).reduce((sum, ms) => sum + ms, 0)).toBe(10_050);
    expect(logged.join()).toContain("HubSpot asks for a pause");
  });

  it("pauses searches alone where HubSpot says that of their second", async () => {
    let searches = 0;
    await using server = await startServer((request, response) => {
      const isSearch = request.url?.endsWith("/search") === true;
      searches += isSearch ? 1 : 0;
      const isFull = isSearch && searches === 1;
      const limited = JSON.stringify({ policyName: "SECONDLY", message: "You have reached your secondly limit." });
      const found = JSON.stringify({ total: 0, results: [] });
      response
        .writeHead(isFull ? 429 : 200, { "content-type": "application/json" })
        .end(isFull ? limited : isSearch ? found : DETAILS);
    });
    const waited: Promise<void>[] = [];
    let now = 0;
    const { promise: waiting, resolve: isWaiting } = Promise.withResolvers<undefined>();
    const { promise: later, resolve: goOn } = Promise.withResolvers<undefined>();
    const sleep = async (ms: number) => {
      isWaiting(undefined);
      await later;
      now += ms;
    };
    const { hubspot } = createTestHubSpot({ baseUrl: server.baseUrl, clock: { now: () => now, sleep } });
    waited.push(hubspot.countRecords("ticket").then(() => undefined));
    await waiting;
    await expect(hubspot.readAccount()).resolves.toMatchObject({ portalId: "1" });
    expect(searches).toBe(1);
    goOn(undefined);
    await Promise.all(waited);
    expect(searches).toBe(2);
  });

  it("sends nothing more once HubSpot said that the day's calls are spent", async () => {
    let asked = 0;
    await using server = await startServer((_request, response) => {
      asked += 1;
      const body = JSON.stringify({ policyName: "DAILY", message: "You have reached your daily limit." });
      response.writeHead(429, { "content-type": "application/json" }).end(body);
    });
    const now = () => new Date("2026-11-22T12:00:00Z");
    const { hubspot } = createTestHubSpot({ baseUrl: server.baseUrl, now });

    const first = await rejectionOf(hubspot.readAccount());
    const second = await rejectionOf(hubspot.readTicketStages());

    expect(first).toMatchObject({ name: "HubSpotUnavailable", status: 429 });
    expect(second).toMatchObject({ name: "HubSpotClosed", reason: "day", call: "GET /crm/v3/pipelines/tickets" });
    expect(asked).toBe(1);
  });

  it("learns from the answers what is left of the day, and from the account when it ends", async () => {
    let remaining = 300;
    await using server = await startServer((_request, response) => {
      const daily = { "x-hubspot-ratelimit-daily": "1000", "x-hubspot-ratelimit-daily-remaining": String(remaining) };
      response.writeHead(200, { "content-type": "application/json", ...daily }).end(DETAILS);
      remaining -= 95;
    });
    const now = () => new Date("2026-11-22T12:00:00Z");
    const { hubspot } = createTestHubSpot({ baseUrl: server.baseUrl, now });
    await hubspot.readAccount();
    await hubspot.readAccount();
    const error = await rejectionOf(hubspot.readAccount());
    expect(error).toMatchObject({ reason: "day", until: new Date("2026-11-22T23:00:00Z") });
  });

  it("sends nothing for as long as a move of the portal takes", async () => {
    let asked = 0;
    await using server = await startServer((_request, response) => {
      asked += 1;
      response.writeHead(477, { "retry-after": "7200" }).end();
    });
    const { hubspot } = createTestHubSpot({ baseUrl: server.baseUrl });
    expect(await rejectionOf(hubspot.readAccount())).toMatchObject({ status: 477, retryAfterMs: 7_200_000 });
    expect(await rejectionOf(hubspot.countRecords("ticket"))).toMatchObject({ reason: "pause" });
    expect(asked).toBe(1);
  });

  it("counts what was sent, by window and status", async () => {
    await using server = await startServer((request, response) => {
      const isWell = request.url?.endsWith("/search") !== true;
      response.writeHead(isWell ? 200 : 400, { "content-type": "application/json" }).end(isWell ? DETAILS : "{}");
    });
    const counted: string[] = [];
    const countCall = (window: string, status: number | null) => void counted.push(`${window} ${status}`);
    const { hubspot } = createTestHubSpot({ baseUrl: server.baseUrl, countCall });
    await hubspot.readAccount();
    await rejectionOf(hubspot.searchRecords({ type: "ticket", properties: [], where: { filters: [] } }));
    await rejectionOf(hubspot.readLinks("ticket", "company", ["1"]));
    expect(counted.slice(0, 3)).toEqual(["general 200", "search 400", "association 200"]);
    await server[Symbol.asyncDispose]();
    await rejectionOf(hubspot.readAccount());
    expect(counted.at(-1)).toBe("general null");
  });

  it("works with the system's clock", async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(DETAILS);
    });
    const log = { debug: () => undefined, warn: () => undefined };

    const hubspot = createHubSpot({ accessToken: TOKEN, baseUrl: server.baseUrl, log });

    await expect(hubspot.readAccount()).resolves.toMatchObject({ portalId: "1" });
  });
});

describe("repeat", () => {
  function unavailable(retryAfterMs: number) {
    return new HubSpotUnavailable("x", { call: "GET /x", correlationId: null, status: 503, retryAfterMs });
  }
  function createLeapingClock() {
    let nowMs = 0;
    const waitedMs: number[] = [];
    const sleep = (ms: number) => {
      waitedMs.push(ms);
      nowMs += ms;
      return Promise.resolve();
    };
    return { clock: { now: () => nowMs, sleep }, waitedMs };
  }

  it("tries three times, with a growing, jittered wait", async () => {
    const { clock, waitedMs } = createLeapingClock();
    let tries = 0;

    const error = await rejectionOf(
      createRepeat({ clock, random: () => 0.5 })(() => {
        tries += 1;
        return Promise.reject(unavailable(0));
      }),
    );

    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(tries).toBe(3);
    expect(waitedMs).toEqual([500, 1_000]);
  });

  it.each([
    { status: null, tries: 3 },
    { status: 404, tries: 3 },
    { status: 423, tries: 3 },
    { status: 429, tries: 3 },
    { status: 477, tries: 1 },
    { status: 500, tries: 3 },
    { status: 502, tries: 3 },
    { status: 503, tries: 3 },
    { status: 504, tries: 3 },
    { status: 524, tries: 3 },
  ])("tries $tries times where HubSpot is unavailable by $status", async ({ status, tries }) => {
    let tried = 0;
    await rejectionOf(
      createRepeat({ clock: createLeapingClock().clock, random: () => 0.5 })(() => {
        tried += 1;
        return Promise.reject(
          new HubSpotUnavailable("x", { call: "GET /x", correlationId: null, status, retryAfterMs: 0 }),
        );
      }),
    );
    expect(tried).toBe(tries);
  });

  it("leaves to the caller what was not sent because the portal is closed", async () => {
    const { clock, waitedMs } = createLeapingClock();
    const closed = { call: "GET /x", reason: "circuit", until: new Date(), retryAfterMs: 1_000 } as const;
    const send = () => Promise.reject(new HubSpotClosed("not sent", closed));
    await rejectionOf(createRepeat({ clock, random: () => 0.5 })(send));
    expect(waitedMs).toEqual([]);
  });

  it("waits no less than HubSpot asked for, and leaves a long wait to the caller", async () => {
    const short = createLeapingClock();
    const long = createLeapingClock();

    await rejectionOf(
      createRepeat({ clock: short.clock, random: () => 0.9 })(() => Promise.reject(unavailable(10_000))),
    );
    await rejectionOf(
      createRepeat({ clock: long.clock, random: () => 0.9 })(() => Promise.reject(unavailable(20_000))),
    );

    expect(short.waitedMs).toHaveLength(1);
    expect(short.waitedMs[0]).toBeGreaterThanOrEqual(10_000);
    expect(long.waitedMs).toEqual([]);
  });
});
