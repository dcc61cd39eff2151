import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it } from "@jest/globals";
import { createHubSpot } from "../../src/hubspot/create-hubspot.ts";
import { createRepeat } from "../../src/hubspot/create-repeat.ts";
import { HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
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
    const { hubspot } = createTestHubSpot({ baseUrl: server.baseUrl, timeoutMs: 50 });

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

    expect(waitedMs[0]).toBe(10_500);
    expect(waitedMs[1]).toBeGreaterThan(9_000);
    expect(logged.join()).toContain("HubSpot asks for a pause");
  });

  it("sends nothing more once HubSpot said that the day's calls are spent", async () => {
    let asked = 0;
    await using server = await startServer((_request, response) => {
      asked += 1;
      const body = JSON.stringify({ policyName: "DAILY", message: "You have reached your daily limit." });
      response.writeHead(429, { "content-type": "application/json" }).end(body);
    });
    const { hubspot } = createTestHubSpot({ baseUrl: server.baseUrl });

    const first = await rejectionOf(hubspot.readAccount());
    const second = await rejectionOf(hubspot.readTicketStages());

    expect(first).toMatchObject({ status: 429, retryAfterMs: 900_000 });
    expect(second).toMatchObject({ status: 429, retryAfterMs: 900_000, call: "GET /crm/v3/pipelines/tickets" });
    expect(asked).toBe(1);
  });

  it("works with the system's clock", async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(DETAILS);
    });
    const log = { debug: () => undefined, warn: () => undefined };

    const hubspot = createHubSpot({ accessToken: TOKEN, baseUrl: server.baseUrl, log });

    await expect(hubspot.readAccount()).resolves.toEqual({ portalId: "1" });
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
      createRepeat({ clock, random: () => 0 })(() => {
        tries += 1;
        return Promise.reject(unavailable(0));
      }),
    );

    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(tries).toBe(3);
    expect(waitedMs).toEqual([250, 500]);
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
