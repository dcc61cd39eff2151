import { describe, expect, it } from "@jest/globals";
import { parseDuration } from "../../src/scoring/duration.ts";

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
});
