import { describe, expect, it } from "@jest/globals";
import { dayNumber, dayOf } from "../../../src/pipeline/sync/day-of.ts";

describe("the seventh of a night", () => {
  it("gives each id one day of seven, and each day about as many", () => {
    const counts = Array.from({ length: 7 }, () => 0);
    for (let id = 10_000_000; id < 10_010_000; id += 1)
      counts[dayOf(String(id))] = (counts[dayOf(String(id))] ?? 0) + 1;
    for (const count of counts) {
      expect(count).toBeGreaterThan(1_300);
      expect(count).toBeLessThan(1_560);
    }
  });

  it("is another one each night, all in seven", () => {
    const nights = Array.from({ length: 7 }, (_, day) => dayNumber(new Date(Date.UTC(2026, 9, 1 + day, 2))));
    expect(new Set(nights).size).toBe(7);
    expect(dayNumber(new Date("2026-10-08T02:00:00Z"))).toBe(nights[0]);
  });
});
