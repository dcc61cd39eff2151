import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { shareOut } from "../../../src/scoring/scores/share-out.ts";

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const someNumbers = fc.array(fc.oneof(fc.constant(0), fc.double({ noNaN: true, min: 0, max: 1000 })), {
  maxLength: 12,
});

describe("sharing out", () => {
  it.each([
    [[], 0, []],
    [[1.5, 1.5], 3, [2, 1]],
    [[33.3, 33.3, 33.4], 100, [33, 33, 34]],
    [[0, 0.4, 0.6], 1, [0, 0, 1]],
    [[0, 10], 14, [0, 14]],
    [[0.3, 624], 620, [0, 620]],
    [[1.2, 1.1, 0], 5, [3, 2, 0]],
  ])("%j over %s gives %j", (numbers, total, expected) => {
    expect(shareOut(numbers, total)).toEqual(expected);
  });

  it("sums to the rounded sum, stays within one of each number, and leaves zeroes", () => {
    fc.assert(
      fc.property(someNumbers, (numbers) => {
        const total = Math.round(sum(numbers));
        const shares = shareOut(numbers, total);
        expect(sum(shares)).toBe(total);
        for (const [index, share] of shares.entries()) {
          const number = numbers[index] ?? 0;
          expect(Math.abs(share - number)).toBeLessThan(1);
          if (number === 0) expect(share).toBe(0);
        }
      }),
    );
  });

  it("sums to any total from 0 up, and never gives less than nothing", () => {
    fc.assert(
      fc.property(someNumbers, fc.integer({ min: 0, max: 5000 }), (numbers, total) => {
        fc.pre(numbers.some((number) => number > 0));
        const shares = shareOut(numbers, total);
        expect(sum(shares)).toBe(total);
        expect(shares.every((share) => share >= 0)).toBe(true);
      }),
    );
  });
});
