import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import {
  HubSpotClosed,
  type HubSpotError,
  HubSpotForbidden,
  HubSpotUnauthorized,
} from "../../src/pipeline/hubspot-errors.ts";
import type { HubSpotPort } from "../../src/pipeline/hubspot-port.ts";
import type { PipelineContext } from "../../src/pipeline/pipeline-context.ts";
import { createWorker, type Worker } from "../../src/pipeline/worker.ts";
import { eventually } from "../eventually.ts";
import { unavailable } from "../fakes/fake-hubspot.ts";
import { putCompany } from "./customers.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

const quietly = { sync: () => undefined, rescore: () => undefined };
const details = { call: "POST /fake", correlationId: null };

describe("the worker", () => {
  let stage: PipelineStage;
  let context: PipelineContext;
  let worker: Worker;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    await stage.database.pool.query("truncate call_closings");
    // Every look at the clock moves it, so that what is due later comes soon.
    const now = () => {
      stage.clock.advance(300);
      return stage.clock.instant;
    };
    context = { ...stage.context(), now };
    worker = createWorker(context, quietly);
    putCompany(stage.hubspot, "10");
    await stage.store.sweeps.request(now(), { tasksForCurrent: false }, now());
  });
  afterEach(() => worker.stop(5_000));
  afterAll(() => stage.database.drop());

  const shown = () => stage.hubspot.portal.find("company", "10")?.properties["chs_health_score"];
  async function rows(): Promise<unknown[]> {
    const { rows } = await stage.database.pool.query<{ kind: string }>(
      "select kind, key, attempts, lease from work order by kind, key",
    );
    return rows;
  }

  it("drains all that there is to do, one kind calling for the next", async () => {
    await worker.drain();
    expect(shown()).toBe("95");
    expect(await rows()).toEqual([]);
    putCompany(stage.hubspot, "10", { seats: "50" });
    await stage.hint("company:10");
    await worker.drain();
    expect(shown()).toBe("75");
  });

  it("throws out of draining what keeps it from going on, and gives the work back", async () => {
    stage.hubspot.failNext("updateCompanies", unavailable(503));
    await expect(worker.drain()).rejects.toThrow("503");
    expect(await rows()).toEqual([{ kind: "deliver", key: "10", attempts: 0, lease: null }]);
    await worker.drain();
    expect(shown()).toBe("95");
  });

  it("works when it is started, and hears of new work by day", async () => {
    worker.start();
    await worker.settled();
    expect(shown()).toBe("95");
    putCompany(stage.hubspot, "10", { seats: "50" });
    await stage.hint("company:10");
    worker.wake();
    await worker.settled();
    expect(shown()).toBe("75");
    expect(worker.health()).toEqual({ ok: true });
  });

  it.each<[string, HubSpotError, string, string]>([
    ["the token is refused", new HubSpotUnauthorized("401", details), "HubSpot refuses the token", "error"],
    [
      "a scope is missing",
      new HubSpotForbidden("403", { ...details, requiredScopes: ["s"] }),
      "the app lacks a scope",
      "error",
    ],
    ["HubSpot is away", unavailable(503), "HubSpot cannot answer now", "warn"],
    ["HubSpot's limit is spent", unavailable(429), "HubSpot cannot answer now", "warn"],
  ])("holds the work where %s, counting no attempt, and says so", async (_what, error, reason, level) => {
    stage.hubspot.failNext("updateCompanies", error);
    worker.start();
    await eventually(() => expect(worker.health()).toMatchObject({ ok: false, reason }));
    expect(await rows()).toEqual([{ kind: "deliver", key: "10", attempts: 0, lease: null }]);
    expect(stage.log.lines).toContainEqual(
      expect.objectContaining({ level, fields: expect.objectContaining({ kind: "deliver", error }) }),
    );
    expect(stage.hubspot.calls.filter((call) => call === "updateCompanies")).toHaveLength(1);

    putCompany(stage.hubspot, "10", { name: "Read meanwhile" });
    await stage.hint("company:10");
    worker.wake();
    await eventually(async () => expect(await rows()).toHaveLength(1));
    expect(worker.health()).toMatchObject({ ok: false, reason });

    await worker.stop(5_000);
    stage.clock.advance(60_000);
    await createWorker(context, quietly).drain();
    expect(shown()).toBe("95");
  });

  it("claims nothing that calls HubSpot while the day is closed, says until when, and goes on at midnight", async () => {
    const until = new Date("2026-10-01T22:00:00Z");
    await stage.store.calls.close({ window: "all", reason: "day", until }, stage.clock.instant);
    await expect(worker.drain()).rejects.toMatchObject({ name: "HubSpotClosed", reason: "day" });
    worker.start();
    await eventually(() =>
      expect(worker.health()).toMatchObject({
        ok: false,
        reason: "the calls of the day are spent but for the reserve; work goes on at 2026-10-02T00:00+02:00",
      }),
    );
    expect(stage.hubspot.calls).toEqual([]);
    expect(await rows()).toEqual([{ kind: "sweep", key: "nightly", attempts: 0, lease: null }]);
    stage.clock.instant = until;
    worker.wake();
    await worker.settled();
    expect(shown()).toBe("95");
    await eventually(() => expect(worker.health()).toEqual({ ok: true }));
  });

  it("holds every kind that calls HubSpot when one finds the circuit open", async () => {
    const until = new Date(stage.clock.instant.getTime() + 60_000);
    const closed = { call: "POST /fake", reason: "circuit", until, retryAfterMs: 60_000 } as const;
    stage.hubspot.failNext("updateCompanies", new HubSpotClosed("not sent", closed));
    worker.start();
    await eventually(() =>
      expect(worker.health()).toMatchObject({
        ok: false,
        reason: expect.stringMatching(
          /^HubSpot does not answer; tried again at 2026-10-\d\dT\d\d:\d\d(:\d\d)?\+02:00$/,
        ),
      }),
    );
    const called = stage.hubspot.calls.length;
    await stage.hint("company:10");
    worker.wake();
    await eventually(() => expect(worker.health()).toMatchObject({ ok: false }));
    expect(stage.hubspot.calls).toHaveLength(called);
    expect(await rows()).toMatchObject([
      { kind: "deliver", attempts: 0, lease: null },
      { kind: "refresh", attempts: 0, lease: null },
    ]);
  });

  it("holds no other kind for a pause of searches alone", async () => {
    const until = new Date(stage.clock.instant.getTime() + 60_000);
    const closed = { call: "POST /fake", window: "search", reason: "pause", until, retryAfterMs: 60_000 } as const;
    stage.hubspot.failNext("updateCompanies", new HubSpotClosed("not sent", closed));
    worker.start();
    await eventually(() => expect(worker.health()).toMatchObject({ ok: false }));
    await stage.hint("company:10");
    worker.wake();
    await eventually(async () => expect(await rows()).toMatchObject([{ kind: "deliver" }]));
    expect(worker.closed()).toBeNull();
  });

  it("goes on by itself when the circuit's time has come, whatever other kinds asked meanwhile", async () => {
    const until = new Date(stage.clock.instant.getTime() + 700);
    const closed = { call: "POST /fake", reason: "circuit", until, retryAfterMs: 700 } as const;
    stage.hubspot.failNext("updateCompanies", new HubSpotClosed("not sent", closed));
    worker.start();
    await eventually(() => expect(worker.closed()).toMatchObject({ reason: "circuit" }));
    await eventually(() => expect(worker.health()).toEqual({ ok: true }));
    await worker.settled();
    expect(shown()).toBe("95");
  });

  it("works at the priority of what it claimed", async () => {
    const asked: string[] = [];
    const hubspot: HubSpotPort = {
      ...context.hubspot,
      atPriority(priority) {
        asked.push(priority);
        return context.hubspot;
      },
    };
    await stage.hint("company:10");
    await createWorker({ ...context, hubspot }, quietly).drain();
    expect(new Set(asked)).toEqual(new Set(["webhook", "sweep"]));
  });

  it("goes on by itself once HubSpot answers again", async () => {
    stage.hubspot.failNext("updateCompanies", unavailable(503));
    worker.start();
    await eventually(() => expect(worker.health().ok).toBe(false));
    await eventually(() => expect(worker.health().ok).toBe(true));
    expect(shown()).toBe("95");
  });

  it("claims nothing more once it is stopped", async () => {
    worker.start();
    await worker.settled();
    await worker.stop(5_000);
    await stage.hint("company:10");
    stage.clock.advance(60_000);
    worker.wake();
    expect(await stage.store.work.claim("refresh", 9, context.now())).toHaveLength(1);
  });

  it("breaks off a sweep when it is stopped, and another goes on with it", async () => {
    putCompany(stage.hubspot, "11");
    const { promise: reached, resolve: isReached } = Promise.withResolvers<undefined>();
    const stopping: { done: Promise<void> } = { done: Promise.resolve() };
    const told: string[] = [];
    const breaking = createWorker(context, {
      sync({ type }) {
        told.push(type);
        if (told.length > 1) return;
        stopping.done = breaking.stop(5_000);
        isReached(undefined);
      },
      rescore: () => undefined,
    });
    breaking.start();
    await reached;
    await stopping.done;
    expect(told).toEqual(["company"]);
    expect(await rows()).toEqual([{ kind: "sweep", key: "nightly", attempts: 0, lease: null }]);
    await worker.drain();
    expect(shown()).toBe("95");
  });

  it("says so when work fails for a reason of its own", async () => {
    stage.hubspot.failNext("listRecords", new TypeError("a fault of the program"));
    worker.start();
    await eventually(() =>
      expect(worker.health()).toMatchObject({ ok: false, reason: expect.stringContaining("log") }),
    );
    await eventually(() => expect(worker.health()).toEqual({ ok: true }));
  });

  it("does not rest from a failure that comes while it stops", async () => {
    let fail: (error: Error) => void = () => undefined;
    const failing = new Promise<never>((_resolve, reject) => (fail = reject));
    const updateCompanies: typeof context.hubspot.updateCompanies = () => {
      stage.hubspot.calls.push("held");
      return failing;
    };
    const hubspot: HubSpotPort = { ...context.hubspot, updateCompanies, atPriority: () => hubspot };
    const slow = createWorker({ ...context, hubspot }, quietly);
    slow.start();
    await eventually(() => expect(stage.hubspot.calls).toContain("held"));
    const stopped = slow.stop(60_000);
    fail(new HubSpotUnauthorized("401", details));
    await stopped;
    expect(slow.health()).toMatchObject({ ok: false });
  });

  it("does not wait longer for work under way than it is told to", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const updateCompanies: typeof context.hubspot.updateCompanies = async (updates) => {
      stage.hubspot.calls.push("held");
      await held;
      return stage.hubspot.port.updateCompanies(updates);
    };
    const hubspot: HubSpotPort = { ...context.hubspot, updateCompanies, atPriority: () => hubspot };
    const slow = createWorker({ ...context, hubspot }, quietly);
    slow.start();
    await eventually(() => expect(stage.hubspot.calls).toContain("held"));
    await slow.stop(10);
    const delivery = expect.objectContaining({ kind: "deliver", lease: expect.any(String) });
    expect(await rows()).toContainEqual(delivery);
    release();
    await eventually(async () => expect(await rows()).not.toContainEqual(delivery));
    await slow.stop(5_000);
  });
});
