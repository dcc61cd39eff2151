import { describe, expect, it } from "@jest/globals";
import { daysOfDuration, parseDuration } from "../../../src/scoring/time/duration.ts";

describe("a duration", () => {
  it.each([
    ["12h", { amount: 12, unit: "h" }],
    ["30d", { amount: 30, unit: "d" }],
    ["2w", { amount: 2, unit: "w" }],
    ["6mo", { amount: 6, unit: "mo" }],
    ["1y", { amount: 1, unit: "y" }],
    ["99999d", { amount: 99_999, unit: "d" }],
  ])("is read from %s", (text, duration) => {
    expect(parseDuration(text)).toEqual(duration);
  });

  it.each(["", "30", "d", "0d", "-1d", "1.5d", "07d", "5m", "5M", "30 d", "30D", "100000d", "1d2h", " 1d"])(
    "is not %j",
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it.each([
    ["12h", 0.5],
    ["30d", 30],
    ["2w", 14],
    ["6mo", 182.625],
    ["2y", 730.5],
  ])("%s has %d days where no calendar is asked", (text, days) => {
    const duration = parseDuration(text);
    expect(duration && daysOfDuration(duration)).toBe(days);
  });
});
