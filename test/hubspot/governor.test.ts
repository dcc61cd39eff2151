import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createGovernor, type CallKind, type Governor } from "../../src/hubspot/create-governor.ts";
import { HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import { createHandClock, settle, type HandClock } from "./hand-clock.ts";
import { rejectionOf } from "./test-hubspot.ts";

/** Calls through the governor that are answered by hand, and the instants at which they were sent. */
function createCaller(governor: Governor, clock: HandClock) {
  const sentAt: number[] = [];
  const unanswered: (() => void)[] = [];
  const results: Promise<unknown>[] = [];
  return {
    sentAt,
    call(count: number, kind: CallKind = "other") {
      for (let index = 0; index < count; index += 1) {
        const send = () => {
          sentAt.push(clock.now());
          return new Promise<void>((resolve) => unanswered.push(resolve));
        };
        results.push(governor.run(kind, "GET /x", send));
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
    const caller = createCaller(createGovernor({ clock, limitPer10s: 3 }), clock);

    await caller.call(7);
    await caller.answerAll();
    await clock.advance(9_999);
    expect(caller.sentAt).toEqual([0, 0, 0]);

    await clock.advance(1);
    expect(caller.sentAt).toHaveLength(6);
    await caller.answerAll();
    await clock.advance(10_000);
    expect(caller.sentAt).toEqual([0, 0, 0, 10_000, 10_000, 10_000, 20_000]);
  });

  it("counts ten seconds from the answer, for HubSpot may have counted the call as late as that", async () => {
    const clock = createHandClock();
    const caller = createCaller(createGovernor({ clock, limitPer10s: 1 }), clock);

    await caller.call(2);
    await clock.advance(4_000);
    await caller.answerAll();
    await clock.advance(9_999);
    expect(caller.sentAt).toEqual([0]);

    await clock.advance(1);
    expect(caller.sentAt).toEqual([0, 14_000]);
  });

  it("lets at most four searches a second through, and other calls past them", async () => {
    const clock = createHandClock();
    const caller = createCaller(createGovernor({ clock }), clock);

    await caller.call(6, "search");
    await caller.call(10);
    await caller.answerAll();
    expect(caller.sentAt).toHaveLength(14);

    await clock.advance(1_000);
    expect(caller.sentAt).toHaveLength(16);
  });

  it("learns the portal's limit, and never goes above one that was set", async () => {
    const clock = createHandClock();
    const free = createGovernor({ clock });
    free.learnLimit(2);
    const bound = createGovernor({ clock, limitPer10s: 5 });
    bound.learnLimit(190);
    const freeCaller = createCaller(free, clock);
    const boundCaller = createCaller(bound, clock);

    await freeCaller.call(10);
    await boundCaller.call(10);

    expect(freeCaller.sentAt).toHaveLength(2);
    expect(boundCaller.sentAt).toHaveLength(5);
  });

  it("sends nothing while HubSpot asked for a pause", async () => {
    const clock = createHandClock();
    const governor = createGovernor({ clock });
    const caller = createCaller(governor, clock);
    governor.pause(10_000);
    governor.pause(1_000);

    await caller.call(2);
    await clock.advance(9_999);
    expect(caller.sentAt).toEqual([]);

    await clock.advance(1);
    expect(caller.sentAt).toEqual([10_000, 10_000]);
  });

  it("sends nothing and says so at once when the pause is long", async () => {
    const clock = createHandClock();
    const governor = createGovernor({ clock });
    governor.pause(900_000);

    const error = await rejectionOf(governor.run("other", "GET /x", () => Promise.resolve("sent")));

    expect(error).toBeInstanceOf(HubSpotUnavailable);
    expect(error).toMatchObject({ status: 429, retryAfterMs: 900_000, call: "GET /x" });
    await clock.advance(900_000);
    await expect(governor.run("other", "GET /x", () => Promise.resolve("sent"))).resolves.toBe("sent");
  });

  it("gives a failed call's turn back", async () => {
    const clock = createHandClock();
    const governor = createGovernor({ clock, limitPer10s: 1 });
    await rejectionOf(governor.run("other", "GET /x", () => Promise.reject(new Error("lost"))));

    const second = governor.run("other", "GET /x", () => Promise.resolve("sent"));
    await clock.advance(10_000);

    await expect(second).resolves.toBe("sent");
  });

  it("keeps every sliding window under the limit, whatever the answers take", async () => {
    const Step = fc.record({ calls: fc.nat({ max: 6 }), answers: fc.boolean(), passMs: fc.nat({ max: 6_000 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { maxLength: 30 }), async (steps) => {
        const clock = createHandClock();
        const caller = createCaller(createGovernor({ clock, limitPer10s: 5 }), clock);
        for (const { calls, answers, passMs } of steps) {
          await caller.call(calls);
          if (answers) await caller.answerAll();
          await clock.advance(passMs);
        }
        for (const from of caller.sentAt) {
          const inWindow = caller.sentAt.filter((instant) => instant >= from && instant < from + 10_000);
          expect(inWindow.length).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 60 },
    );
  });
});
