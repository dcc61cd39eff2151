import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createCalendar, instantOfText, isoDateOfDay } from "../../../src/scoring/time/calendar.ts";
import { parseDuration } from "../../../src/scoring/time/duration.ts";

const oslo = createCalendar("Europe/Oslo");
const dayOf = (date: string) => Date.parse(date) / 86_400_000;
const dateOf = (text: string, calendar = oslo) => {
  const day = calendar.dayOfText(text);
  return day === null ? null : isoDateOfDay(day);
};

describe("the day of a text", () => {
  it.each([
    ["a date is that day", "2026-10-03", "2026-10-03"],
    ["a leap day", "2024-02-29", "2024-02-29"],
    ["winter, an hour before midnight in Oslo", "2026-01-10T22:59:59.999Z", "2026-01-10"],
    ["winter, midnight in Oslo", "2026-01-10T23:00:00Z", "2026-01-11"],
    ["summer, two hours ahead", "2026-07-10T22:00:00Z", "2026-07-11"],
    ["summer, before midnight in Oslo", "2026-07-10T21:59:59Z", "2026-07-10"],
    ["the day on which clocks go forward, before", "2026-03-28T22:59:59Z", "2026-03-28"],
    ["the day on which clocks go forward, its start", "2026-03-28T23:00:00Z", "2026-03-29"],
    ["the day on which clocks go forward, its end", "2026-03-29T21:59:59Z", "2026-03-29"],
    ["the day after", "2026-03-29T22:00:00Z", "2026-03-30"],
    ["the day on which clocks go back, its start", "2026-10-24T22:00:00Z", "2026-10-25"],
    ["the day on which clocks go back, its end", "2026-10-25T22:59:59Z", "2026-10-25"],
    ["the day after that", "2026-10-25T23:00:00Z", "2026-10-26"],
    ["an offset of its own", "2026-10-03T23:30:00-05:00", "2026-10-04"],
    ["milliseconds, as webhooks write them", String(Date.parse("2026-10-02T22:30:00Z")), "2026-10-03"],
    ["milliseconds before 1970", "-3600001", "1969-12-31"],
  ])("%s", (_, text, date) => {
    expect(dateOf(text)).toBe(date);
  });

  it("is another in another zone", () => {
    expect(dateOf("2026-10-03T02:00:00Z", createCalendar("America/New_York"))).toBe("2026-10-02");
    expect(dateOf("2026-10-03", createCalendar("America/New_York"))).toBe("2026-10-03");
  });

  it.each([
    "",
    "soon",
    "NPS 9",
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-02-30T10:00:00Z",
    "2026-10-03T25:00:00Z",
    "2026-10-03T10:00:00",
    "2026-10-03 10:00",
    "03.10.2026",
    "12345678901234567",
    "1.5",
    "HEALTHY",
  ])("%j is no date", (text) => {
    expect(oslo.dayOfText(text)).toBeNull();
    expect(instantOfText(text)).toBeNull();
  });

  it("agrees with the clocks of the zone at any instant", () => {
    const clocks = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Oslo", dateStyle: "short" });
    const seconds = fc.integer({ min: Date.UTC(1990) / 1000, max: Date.UTC(2040) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        expect(isoDateOfDay(oslo.dayOf(second * 1000))).toBe(clocks.format(new Date(second * 1000)));
      }),
    );
  });
});

describe("a day so long before another", () => {
  it.each([
    ["2026-03-30", "2d", "2026-03-28"],
    ["2026-10-03", "2w", "2026-09-19"],
    ["2026-03-31", "1mo", "2026-02-28"],
    ["2024-03-31", "1mo", "2024-02-29"],
    ["2026-01-15", "13mo", "2024-12-15"],
    ["2024-02-29", "1y", "2023-02-28"],
    ["2028-02-29", "4y", "2024-02-29"],
  ])("%s less %s is %s", (from, length, expected) => {
    const duration = parseDuration(length);
    expect(duration && isoDateOfDay(oslo.daysBefore(dayOf(from), duration))).toBe(expected);
  });

  it("cannot be told in hours", () => {
    expect(() => oslo.daysBefore(20_000, { amount: 12, unit: "h" })).toThrow(RangeError);
    expect(() => oslo.daysAfter(20_000, { amount: 12, unit: "h" })).toThrow(RangeError);
  });
});

describe("a day so long after another", () => {
  it.each([
    ["2026-03-30", "2d", "2026-04-01"],
    ["2026-10-03", "2w", "2026-10-17"],
    ["2026-01-31", "1mo", "2026-02-28"],
    ["2026-11-30", "3mo", "2027-02-28"],
    ["2024-02-29", "1y", "2025-02-28"],
  ])("%s and %s is %s", (from, length, expected) => {
    const duration = parseDuration(length);
    expect(duration && isoDateOfDay(oslo.daysAfter(dayOf(from), duration))).toBe(expected);
  });
});

describe("an instant so long before another", () => {
  it.each([
    ["2026-10-03T12:00:00Z", "30d", "2026-09-03T12:00:00.000Z"],
    ["2026-11-01T12:00:00Z", "2w", "2026-10-18T11:00:00.000Z"],
    ["2026-05-31T12:00:00.123Z", "3mo", "2026-02-28T13:00:00.123Z"],
    ["2026-10-03T12:00:00Z", "1y", "2025-10-03T12:00:00.000Z"],
    ["2026-10-25T12:00:00Z", "24h", "2026-10-24T12:00:00.000Z"],
    ["2026-10-25T12:00:00Z", "1d", "2026-10-24T11:00:00.000Z"],
  ])("%s less %s is %s", (from, length, expected) => {
    const duration = parseDuration(length);
    expect(duration && new Date(oslo.instantBefore(Date.parse(from), duration)).toISOString()).toBe(expected);
  });

  it("falls on the day so long before", () => {
    const minutes = fc.integer({ min: Date.UTC(2000) / 60_000, max: Date.UTC(2040) / 60_000 });
    const duration = fc.record({
      amount: fc.integer({ min: 1, max: 40 }),
      unit: fc.constantFrom("d" as const, "w" as const, "mo" as const, "y" as const),
    });
    fc.assert(
      fc.property(minutes, duration, (minute, length) => {
        const day = oslo.dayOf(minute * 60_000);
        expect(oslo.dayOf(oslo.instantBefore(minute * 60_000, length))).toBe(oslo.daysBefore(day, length));
      }),
    );
  });
});
