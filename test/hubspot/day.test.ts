import { describe, expect, it, jest } from "@jest/globals";
import { createGovernor } from "../../src/hubspot/create-governor.ts";
import { createLocalBudget } from "../../src/hubspot/create-local-budget.ts";
import { createRecordingLog } from "../recording-log.ts";
import { createHandClock } from "./hand-clock.ts";
import { rejectionOf } from "./test-hubspot.ts";

const LIMIT = 10_000;
const call = { name: "GET /x", path: "/crm/v3/objects/companies", priority: "webhook" } as const;
const linkCall = { ...call, path: "/crm/v4/associations/tickets/companies/batch/read" };
const sent = () => Promise.resolve("sent");

/** A governor at an instant that is moved by hand, in a portal of a time zone. */
function openAt(start: string, settings: { zone?: string | null; dailyReserve?: number } = {}) {
  const { zone = "Europe/Oslo", dailyReserve = 20 } = settings;
  const clock = createHandClock();
  const time = { now: new Date(start) };
  const budget = createLocalBudget({ clock });
  const now = () => time.now;
  const governor = createGovernor({ clock, budget, now, dailyReserve, limitPer10s: 50, log: createRecordingLog() });
  if (zone !== null) governor.day.learnZone(zone);
  const run = () => governor.run(call, sent);
  return { governor, budget, time, clock, run };
}

describe("the calls of the day", () => {
  it.each([
    { dailyReserve: 20, remaining: 2_051, isSpent: false },
    { dailyReserve: 20, remaining: 2_050, isSpent: true },
    { dailyReserve: 0, remaining: 1, isSpent: false },
    { dailyReserve: 0, remaining: 0, isSpent: true },
    { dailyReserve: 95, remaining: 9_551, isSpent: false },
    { dailyReserve: 95, remaining: 9_550, isSpent: true },
  ])(
    "with $dailyReserve % of 10,000 for others and 50 that may be under way, $remaining left is spent: $isSpent",
    async ({ dailyReserve, remaining, isSpent }) => {
      const { governor, run } = openAt("2026-11-22T12:00:00Z", { dailyReserve });
      governor.day.learn({ limit: LIMIT, remaining });
      if (isSpent) expect(await rejectionOf(run())).toMatchObject({ name: "HubSpotClosed", reason: "day" });
      else expect(await run()).toBe("sent");
    },
  );

  it.each([
    {
      what: "a day in winter",
      start: "2026-11-22T12:00:00Z",
      zone: "Europe/Oslo",
      midnight: "2026-11-22T23:00:00.000Z",
    },
    {
      what: "a day in summer",
      start: "2026-07-22T12:00:00Z",
      zone: "Europe/Oslo",
      midnight: "2026-07-22T22:00:00.000Z",
    },
    {
      what: "the day of 23 hours",
      start: "2026-03-29T00:30:00Z",
      zone: "Europe/Oslo",
      midnight: "2026-03-29T22:00:00.000Z",
    },
    {
      what: "the day of 25 hours",
      start: "2026-10-25T00:30:00Z",
      zone: "Europe/Oslo",
      midnight: "2026-10-25T23:00:00.000Z",
    },
    {
      what: "west of here",
      start: "2026-11-22T12:00:00Z",
      zone: "America/New_York",
      midnight: "2026-11-23T05:00:00.000Z",
    },
    {
      what: "a midnight that is skipped",
      start: "2026-03-28T20:00:00Z",
      zone: "Asia/Beirut",
      midnight: "2026-03-28T22:00:00.000Z",
    },
  ])("sends nothing before the portal's midnight, and goes on by itself: $what", async ({ start, zone, midnight }) => {
    const { governor, time, clock, run } = openAt(start, { zone });
    governor.day.learn({ limit: LIMIT, remaining: 10 });
    const error = await rejectionOf(run());
    expect(error).toMatchObject({ until: new Date(midnight), message: expect.stringContaining(midnight) });
    expect(error).toMatchObject({ retryAfterMs: new Date(midnight).getTime() - time.now.getTime() });

    time.now = new Date(new Date(midnight).getTime() - 1);
    await clock.advance(2_000);
    await rejectionOf(run());
    time.now = new Date(midnight);
    expect(await run()).toBe("sent");
  });

  it("looks again after a quarter of an hour while the portal's time zone is not known", async () => {
    const { governor, time, run } = openAt("2026-11-22T12:00:00Z", { zone: null });
    governor.day.learn({ limit: LIMIT, remaining: 10 });
    expect(await rejectionOf(run())).toMatchObject({ until: new Date("2026-11-22T12:15:00Z") });
    time.now = new Date("2026-11-22T12:15:00Z");
    expect(await run()).toBe("sent");
  });

  it("does not take what HubSpot tells just after our midnight for the new day", async () => {
    const { governor, run } = openAt("2026-11-22T23:00:20Z");
    governor.day.learn({ limit: LIMIT, remaining: 10 });
    expect(await rejectionOf(run())).toMatchObject({ until: new Date("2026-11-22T23:01:20Z") });
  });

  it("ends when HubSpot says so, whatever it told before", async () => {
    const { governor, run } = openAt("2026-11-22T12:00:00Z");
    governor.day.learn({ limit: LIMIT, remaining: 9_000 });
    governor.day.end();
    expect(await rejectionOf(run())).toMatchObject({ reason: "day", until: new Date("2026-11-22T23:00:00Z") });
  });

  it("keeps what was told, once a second", async () => {
    const { governor, budget, clock } = openAt("2026-11-22T12:00:00Z");
    governor.day.learn({ limit: LIMIT, remaining: 9_000 });
    governor.day.learn({ limit: LIMIT, remaining: 8_999 });
    const told = { limit: LIMIT, resetsAt: new Date("2026-11-22T23:00:00Z"), at: new Date("2026-11-22T12:00:00Z") };
    expect(await budget.readDay()).toEqual({ ...told, remaining: 9_000 });
    await clock.advance(1_000);
    governor.day.learn({ limit: LIMIT, remaining: 8_998 });
    expect(await budget.readDay()).toEqual({ ...told, remaining: 8_998 });
  });

  it("closes the associations API alone when its own calls of the day are spent", async () => {
    const { governor, budget, clock, run } = openAt("2026-11-22T12:00:00Z");
    await governor.run(linkCall, sent);
    // 80 % of 500,000, less those that may be under way.
    await budget.countAssociations(400_000 - 50 - 3, new Date("2026-11-22T23:00:00Z"));
    await clock.advance(1_000);
    await governor.run(linkCall, sent);
    expect(await governor.run(linkCall, sent)).toBe("sent");
    await clock.advance(1_000);
    expect(await governor.run(linkCall, sent)).toBe("sent");
    expect(await rejectionOf(governor.run(linkCall, sent))).toMatchObject({ reason: "day" });
    expect(await run()).toBe("sent");
  });

  it("counts calls of the associations API again that the budget could not be told", async () => {
    const { governor, budget, clock } = openAt("2026-11-22T12:00:00Z");
    const resetsAt = new Date("2026-11-22T23:00:00Z");
    jest.spyOn(budget, "countAssociations").mockRejectedValueOnce(new Error("away"));
    await governor.run(linkCall, sent);
    await clock.advance(1_000);
    await governor.run(linkCall, sent);
    expect(await budget.countAssociations(0, resetsAt)).toBe(2);
  });
});
