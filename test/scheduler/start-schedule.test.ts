import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { isCron, startSchedule, type Schedule } from "../../src/scheduler/start-schedule.ts";
import { createRecordingLog } from "../recording-log.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let schedules: Schedule[] = [];
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(async () => {
  await Promise.all(schedules.map((schedule) => schedule.stop()));
  schedules = [];
  jest.useRealTimers();
});

/** The clock and the timers that node-cron uses, at an instant, moved by `jest.advanceTimersByTimeAsync`. */
function start(at: string, cron: string, onDue?: (scheduledFor: Date) => Promise<void> | void) {
  jest.setSystemTime(new Date(at));
  const log = createRecordingLog();
  const due: string[] = [];
  const schedule = startSchedule({
    cron,
    timezone: "Europe/Oslo",
    log,
    onDue(scheduledFor) {
      due.push(scheduledFor.toISOString());
      return onDue?.(scheduledFor);
    },
  });
  schedules.push(schedule);
  return { schedule, due, log };
}

describe("startSchedule", () => {
  it("is due by the clock on the wall of its zone, on both sides of both changes of the clocks", async () => {
    const spring = start("2026-03-28T00:00:00Z", "30 4 * * *");
    await jest.advanceTimersByTimeAsync(3 * DAY_MS);
    expect(spring.due).toEqual(["2026-03-28T03:30:00.000Z", "2026-03-29T02:30:00.000Z", "2026-03-30T02:30:00.000Z"]);

    const autumn = start("2026-10-24T00:00:00Z", "30 4 * * *");
    await jest.advanceTimersByTimeAsync(3 * DAY_MS);
    expect(autumn.due).toEqual(["2026-10-24T02:30:00.000Z", "2026-10-25T03:30:00.000Z", "2026-10-26T03:30:00.000Z"]);
  });

  it("leaves out a time that the clocks skip, and takes one that comes twice once", async () => {
    const spring = start("2026-03-28T12:00:00Z", "30 2 * * *");
    await jest.advanceTimersByTimeAsync(2 * DAY_MS);
    expect(spring.due).toEqual(["2026-03-30T00:30:00.000Z"]);

    const autumn = start("2026-10-24T12:00:00Z", "30 2 * * *");
    await jest.advanceTimersByTimeAsync(2 * DAY_MS);
    expect(autumn.due).toEqual(["2026-10-25T01:30:00.000Z", "2026-10-26T01:30:00.000Z"]);
  });

  it("tells the next due instant, already while a run is under way, and none once it is stopped", async () => {
    const nextWhileDue: (Date | null)[] = [];
    const { schedule } = start("2026-06-01T00:00:00Z", "30 4 * * *", () => void nextWhileDue.push(schedule.next()));
    expect(schedule.next()).toEqual(new Date("2026-06-01T02:30:00Z"));
    await jest.advanceTimersByTimeAsync(3 * HOUR_MS);
    expect(nextWhileDue).toEqual([new Date("2026-06-02T02:30:00Z")]);
    await schedule.stop();
    expect(schedule.next()).toBeNull();
  });

  it("makes up for the latest due instant when the machine slept through some", async () => {
    const { due, log } = start("2026-06-01T00:00:00Z", "30 4 * * *");
    jest.setSystemTime(new Date("2026-06-03T10:00:00Z"));
    await jest.advanceTimersByTimeAsync(DAY_MS / 2);
    expect(due).toEqual(["2026-06-03T02:30:00.000Z"]);
    await jest.advanceTimersByTimeAsync(DAY_MS / 2);
    expect(due).toEqual(["2026-06-03T02:30:00.000Z", "2026-06-04T02:30:00.000Z"]);
    expect(log.lines.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("is not due twice when the machine's clock is set back", async () => {
    const { due } = start("2026-06-01T02:00:00Z", "30 4 * * *");
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    jest.setSystemTime(new Date("2026-06-01T02:00:00Z"));
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(due).toEqual(["2026-06-01T02:30:00.000Z"]);
  });

  it("leaves out what becomes due while a run is under way, and says so", async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const { due, log } = start("2026-06-01T00:00:00Z", "0 * * * *", () => promise);
    await jest.advanceTimersByTimeAsync(3 * HOUR_MS);
    expect(due).toEqual(["2026-06-01T01:00:00.000Z"]);
    expect(log.lines).toContainEqual({
      level: "warn",
      message: "the scheduler says",
      fields: { cron: expect.stringContaining("still running") as unknown },
    });
    resolve(undefined);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(due).toEqual(["2026-06-01T01:00:00.000Z", "2026-06-01T04:00:00.000Z"]);
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("HubSpot is away"))],
    [
      "throws",
      () => {
        throw new Error("HubSpot is away");
      },
    ],
  ])("logs a run that %s, once, and goes on", async (_how, onDue) => {
    const { due, log } = start("2026-06-01T00:30:00Z", "0 * * * *", onDue);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    const scheduledFor = new Date("2026-06-01T01:00:00Z");
    expect(log.lines).toEqual([
      {
        level: "error",
        message: "a scheduled run failed",
        fields: { error: new Error("HubSpot is away"), scheduledFor },
      },
    ]);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(due).toHaveLength(2);
  });

  it("stops when what is under way has ended, and is never due again", async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const { schedule, due } = start("2026-06-01T00:30:00Z", "0 * * * *", () => promise);
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    let stopped = false;
    const stopping = schedule.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(stopped).toBe(false);
    resolve(undefined);
    await stopping;
    await jest.advanceTimersByTimeAsync(DAY_MS);
    expect(due).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe("isCron", () => {
  it.each(["30 4 * * *", "*/15 8-16 * * mon-fri", "0 3 1,15 * *", " 0  3 * * * "])("takes %s", (text) => {
    expect(isCron(text)).toBe(true);
  });

  it.each(["", "hourly", "60 4 * * *", "30 24 * * *", "30 4 * *", "0 30 4 * * *", "30 4 31 2 *", "30 4 * * * *"])(
    "refuses %j",
    (text) => {
      expect(isCron(text)).toBe(false);
    },
  );
});
