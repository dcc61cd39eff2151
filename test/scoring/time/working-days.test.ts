import { describe, expect, it } from "@jest/globals";
import { dueAfterWorkingDays, startOfWeek } from "../../../src/scoring/time/working-days.ts";

const due = (instant: string, days: number, timezone = "Europe/Oslo", holidays: string[] = []) =>
  dueAfterWorkingDays(Date.parse(instant), days, timezone, holidays).toISOString();

describe("the end of a working day", () => {
  it.each([
    ["Thursday, the same day", "2026-10-01T08:00:00Z", 0, "2026-10-01T15:00:00.000Z"],
    ["Thursday after five o'clock, the next day", "2026-10-01T15:30:00Z", 0, "2026-10-02T15:00:00.000Z"],
    ["Thursday and one", "2026-10-01T08:00:00Z", 1, "2026-10-02T15:00:00.000Z"],
    ["Thursday and two, over the weekend", "2026-10-01T08:00:00Z", 2, "2026-10-05T15:00:00.000Z"],
    ["Friday and one", "2026-10-02T08:00:00Z", 1, "2026-10-05T15:00:00.000Z"],
    ["Saturday and none is Monday", "2026-10-03T08:00:00Z", 0, "2026-10-05T15:00:00.000Z"],
    ["Saturday and one is Monday", "2026-10-03T08:00:00Z", 1, "2026-10-05T15:00:00.000Z"],
    ["Sunday and two is Tuesday", "2026-10-04T08:00:00Z", 2, "2026-10-06T15:00:00.000Z"],
    ["Friday late in UTC is Saturday in Oslo", "2026-10-02T22:30:00Z", 1, "2026-10-05T15:00:00.000Z"],
    ["over the weekend on which clocks go back", "2026-10-23T08:00:00Z", 1, "2026-10-26T16:00:00.000Z"],
    ["over the weekend on which clocks go forward", "2026-03-27T08:00:00Z", 1, "2026-03-30T15:00:00.000Z"],
    ["ten are two weeks", "2026-10-01T08:00:00Z", 10, "2026-10-15T15:00:00.000Z"],
  ])("%s", (_, instant, days, expected) => {
    expect(due(instant, days)).toBe(expected);
  });

  it.each([
    ["of every year", ["12-25", "01-01"], "2026-12-28T16:00:00.000Z"],
    ["of that year", ["2026-12-25"], "2026-12-28T16:00:00.000Z"],
    ["of another year", ["2025-12-25"], "2026-12-25T16:00:00.000Z"],
    ["two in a row, over the weekend", ["12-25", "2026-12-28"], "2026-12-29T16:00:00.000Z"],
  ])("leaves out a holiday %s", (_, holidays, expected) => {
    expect(due("2026-12-24T08:00:00Z", 1, "Europe/Oslo", holidays)).toBe(expected);
  });

  it("of a holiday itself is that of the next working day", () => {
    expect(due("2026-12-25T08:00:00Z", 0, "Europe/Oslo", ["12-25"])).toBe("2026-12-28T16:00:00.000Z");
  });

  it("is told by the clocks of the zone", () => {
    expect(due("2026-10-02T02:00:00Z", 1, "America/New_York")).toBe("2026-10-02T21:00:00.000Z");
  });
});

describe("the start of a week", () => {
  it.each([
    ["Monday at its first instant", "2026-10-04T22:00:00Z", "2026-10-04T22:00:00.000Z"],
    ["Sunday at its last", "2026-10-04T21:59:59Z", "2026-09-27T22:00:00.000Z"],
    ["over the weekend on which clocks go back", "2026-10-26T08:00:00Z", "2026-10-25T23:00:00.000Z"],
  ])("is Monday by the zone: %s", (_, instant, expected) => {
    expect(startOfWeek(Date.parse(instant), "Europe/Oslo").toISOString()).toBe(expected);
  });
});
