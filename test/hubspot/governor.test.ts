import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createGovernor, type Governor, type GovernorSettings } from "../../src/hubspot/create-governor.ts";
import { createLocalBudget } from "../../src/hubspot/create-local-budget.ts";
import type { CallBudget } from "../../src/pipeline/call-budget-port.ts";
import { HubSpotClosed, HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import type { Priority } from "../../src/pipeline/store-port.ts";
import { createRecordingLog } from "../recording-log.ts";
import { createHandClock, settle, type HandClock } from "./hand-clock.ts";
import { rejectionOf } from "./test-hubspot.ts";

const PATHS = {
  general: "/crm/v3/objects/companies/batch/read",
  association: "/crm/v4/associations/tickets/companies/batch/read",
  search: "/crm/v3/objects/tickets/search",
};
type Window = keyof typeof PATHS;
const callOf = (window: Window, priority: Priority = "webhook") => ({ name: "GET /x", path: PATHS[window], priority });
const sent = () => Promise.resolve("sent");

type Settings = { clock: HandClock } & Partial<Omit<GovernorSettings, "clock">>;
function open({ clock, ...settings }: Settings): Governor {
  const log = createRecordingLog();
  const now = () => new Date(Date.UTC(2026, 10, 22) + clock.now());
  return createGovernor({ clock, now, log, dailyReserve: 20, budget: createLocalBudget({ clock }), ...settings });
}

/** Calls through the governor that are answered by hand, and the instants at which they were sent. */
function createCaller(governor: Governor, clock: HandClock) {
  const sentAt: number[] = [];
  const sentFor: Priority[] = [];
  const unanswered: (() => void)[] = [];
  return {
    sentAt,
    sentFor,
    call(count: number, window: Window = "general", priority: Priority = "webhook") {
      for (let index = 0; index < count; index += 1) {
        const send = () => {
          sentAt.push(clock.now());
          sentFor.push(priority);
          return new Promise<void>((resolve) => unanswered.push(resolve));
        };
        void governor.run(callOf(window, priority), send);
      }
      return settle();
    },
    answerAll() {
      for (const answer of unanswered.splice(0)) answer();
      return settle();
    },
  };
}

describe("the governor", () => {
  it("lets wait what would be above the limit, and none of it is lost", async () => {
    const clock = createHandClock();
    const caller = createCaller(open({ clock, limitPer10s: 3 }), clock);
    await caller.call(7);
    await caller.answerAll();
    await clock.advance(10_000);
    expect(caller.sentAt).toEqual([0, 0, 0]);
    await clock.advance(100);
    expect(caller.sentAt).toHaveLength(6);
    await caller.answerAll();
    await clock.advance(10_100);
    expect(caller.sentAt).toHaveLength(7);
  });

  it("counts ten seconds from the answer, for HubSpot may have counted the call as late as that", async () => {
    const clock = createHandClock();
    const caller = createCaller(open({ clock, limitPer10s: 1 }), clock);
    await caller.call(2);
    await clock.advance(4_000);
    await caller.answerAll();
    await clock.advance(10_000);
    expect(caller.sentAt).toEqual([0]);
    await clock.advance(100);
    expect(caller.sentAt).toEqual([0, 14_050]);
  });

  it("lets two searches a second through, and other calls past them", async () => {
    const clock = createHandClock();
    const caller = createCaller(open({ clock }), clock);
    await caller.call(6, "search");
    await caller.call(10);
    await caller.answerAll();
    expect(caller.sentAt).toHaveLength(12);
    await clock.advance(1_050);
    expect(caller.sentAt).toHaveLength(14);
  });

  it.each([
    { limit: 100, associations: 100 },
    { limit: 190, associations: 150 },
    { limit: 250, associations: 200 },
  ])("learns $limit calls per ten seconds, $associations of them on the associations API", async (expected) => {
    const clock = createHandClock();
    const governor = open({ clock });
    governor.learnLimit(expected.limit);
    const caller = createCaller(governor, clock);
    await caller.call(300, "association");
    await clock.advance(500);
    expect(caller.sentAt).toHaveLength(expected.associations);
    await caller.call(300);
    await clock.advance(500);
    expect(caller.sentAt).toHaveLength(expected.limit);
  });

  it("never goes above a limit that was set", async () => {
    const clock = createHandClock();
    const governor = open({ clock, limitPer10s: 5 });
    governor.learnLimit(190);
    const caller = createCaller(governor, clock);
    await caller.call(10);
    expect(caller.sentAt).toHaveLength(5);
  });

  it("sends webhooks' calls before the sweep's, and leaves some turns free for them", async () => {
    const clock = createHandClock();
    const caller = createCaller(open({ clock, limitPer10s: 100 }), clock);
    await caller.call(200, "general", "sweep");
    await clock.advance(500);
    expect(caller.sentFor).toHaveLength(96);
    await caller.call(2, "general", "webhook");
    expect(caller.sentFor.slice(96)).toEqual(["webhook", "webhook"]);

    await caller.call(20, "general", "webhook");
    await caller.answerAll();
    await clock.advance(10_500);
    expect(caller.sentFor.slice(98, 118)).toEqual(Array.from({ length: 20 }, () => "webhook"));
    expect(caller.sentFor.slice(118)).toContain("sweep");
  });

  it.each([
    { paused: "search", window: "search", isHeld: true },
    { paused: "search", window: "general", isHeld: false },
    { paused: "general", window: "general", isHeld: true },
    { paused: "general", window: "association", isHeld: true },
    { paused: "general", window: "search", isHeld: false },
    { paused: "all", window: "search", isHeld: true },
  ] as const)("paused for $paused, a call of $window is held: $isHeld", async ({ paused, window, isHeld }) => {
    const clock = createHandClock();
    const governor = open({ clock });
    const caller = createCaller(governor, clock);
    governor.pause(paused, 10_000);
    governor.pause(paused, 1_000);
    await caller.call(1, window);
    await clock.advance(9_999);
    expect(caller.sentAt).toHaveLength(isHeld ? 0 : 1);
    await clock.advance(1);
    expect(caller.sentAt).toEqual([isHeld ? 10_000 : 0]);
  });

  it.each(["search", "all"] as const)("tells that a long pause is of %s", async (paused) => {
    const governor = open({ clock: createHandClock() });
    governor.pause(paused, 60_000);
    const error = await rejectionOf(governor.run(callOf("search"), sent));
    expect(error).toMatchObject({ name: "HubSpotClosed", window: paused, reason: "pause" });
  });

  it("holds, during a pause, also what already had its turn in line", async () => {
    const clock = createHandClock();
    const governor = open({ clock, limitPer10s: 1 });
    const caller = createCaller(governor, clock);
    await caller.call(2);
    await caller.answerAll();
    await clock.advance(9_000);
    governor.pause("general", 5_000);
    await clock.advance(4_900);
    expect(caller.sentAt).toEqual([0]);
    await clock.advance(100);
    expect(caller.sentAt).toEqual([0, 14_000]);
  });

  it("sends nothing and says so at once when the pause is long", async () => {
    const clock = createHandClock();
    const governor = open({ clock });
    governor.pause("all", 900_000);
    const error = await rejectionOf(governor.run(callOf("general"), sent));
    expect(error).toBeInstanceOf(HubSpotClosed);
    expect(error).toMatchObject({ reason: "pause", status: null, retryAfterMs: 900_000, call: "GET /x" });
    await clock.advance(900_000);
    await expect(governor.run(callOf("general"), sent)).resolves.toBe("sent");
  });

  it("gives a failed call's turn back", async () => {
    const clock = createHandClock();
    const governor = open({ clock, limitPer10s: 1 });
    await rejectionOf(governor.run(callOf("general"), () => Promise.reject(new Error("lost"))));
    const second = governor.run(callOf("general"), sent);
    await clock.advance(10_100);
    await expect(second).resolves.toBe("sent");
  });

  it.each([
    ["take", { take: () => Promise.reject(new Error("the store is away")) }],
    ["closing", { closing: () => Promise.reject(new Error("the store is away")) }],
  ])("sends nothing where the budget cannot be reached (%s)", async (_method, broken: Partial<CallBudget>) => {
    const clock = createHandClock();
    const governor = open({ clock, budget: { ...createLocalBudget({ clock }), ...broken } });
    const error = await rejectionOf(governor.run(callOf("general"), sent));
    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(error).toMatchObject({ status: null, call: "GET /x", cause: expect.any(Error) });
  });

  it("sees within a second that another process closed the portal", async () => {
    const clock = createHandClock();
    const budget = createLocalBudget({ clock });
    const [one, other] = [open({ clock, budget }), open({ clock, budget })];
    await other.run(callOf("general"), sent);
    one.pause("all", 60_000);
    await clock.advance(1_000);
    expect(await rejectionOf(other.run(callOf("general"), sent))).toMatchObject({ reason: "pause" });
  });

  it("keeps every sliding window under the limit, whatever the answers take, also two on one budget", async () => {
    const Step = fc.record({
      who: fc.nat({ max: 1 }),
      calls: fc.nat({ max: 6 }),
      isSweep: fc.boolean(),
      answers: fc.boolean(),
      passMs: fc.nat({ max: 6_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { maxLength: 30 }), async (steps) => {
        const clock = createHandClock();
        const budget = createLocalBudget({ clock });
        const callers = [0, 1].map(() => createCaller(open({ clock, budget, limitPer10s: 5 }), clock));
        for (const { who, calls, isSweep, answers, passMs } of steps) {
          await callers[who]?.call(calls, "general", isSweep ? "sweep" : "webhook");
          if (answers) await callers[who]?.answerAll();
          await clock.advance(passMs);
        }
        const sentAt = callers.flatMap((caller) => caller.sentAt);
        for (const from of sentAt) {
          const inWindow = sentAt.filter((instant) => instant >= from && instant < from + 10_000);
          expect(inWindow.length).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("uses at least 95 % of the window while three processes have work, each call answered in 100 ms", async () => {
    const clock = createHandClock();
    const budget = createLocalBudget({ clock });
    let calls = 0;
    const work = async (governor: Governor) => {
      for (;;) {
        await governor.run(callOf("general"), () => clock.sleep(100));
        calls += 1;
      }
    };
    for (let replica = 0; replica < 3; replica += 1) {
      const governor = open({ clock, budget, limitPer10s: 190 });
      for (let worker = 0; worker < 8; worker += 1) void work(governor);
    }
    await clock.advance(100_000);
    expect(calls).toBeGreaterThan(0.95 * 190 * 10);
  });
});
