import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isoDateOfDay } from "../../../src/scoring/time/calendar.ts";
import type { PastValue } from "../../../src/scoring/facts.ts";
import type { SignalSource } from "../../../src/scoring/ruleset/signal.ts";
import type { Observation } from "../../../src/scoring/signals/snapshot.ts";
import { known, moment, observeSignal, pastOf, unknown } from "../observe-signal.ts";
import { sampleFacts } from "../sample-facts.ts";

const trend = (given: Partial<Extract<SignalSource, { kind: "trend" }>> = {}): SignalSource => ({
  kind: "trend",
  property: "logins",
  over: { amount: 90, unit: "d" },
  as: "difference",
  halfLife: null,
  ...given,
});
const observe = (signal: SignalSource, logins: PastValue[]) =>
  observeSignal(signal, sampleFacts({ company: {}, history: { logins } }));
const numberIn = (observation: Observation): number =>
  observation.known && typeof observation.value === "number" ? observation.value : Number.NaN;
/** One value a day, at noon of each of so many days up to today. */
const daily = (count: number, valueOf: (daysAgo: number) => string | null): PastValue[] =>
  Array.from({ length: count }, (_, index) => {
    const daysAgo = count - 1 - index;
    return { at: Date.parse(isoDateOfDay(moment.today - daysAgo)) + 10 * 3_600_000, value: valueOf(daysAgo) };
  });

describe("trend", () => {
  it.each([-2, 0.5, 3])("of a value that moves by %d a day is that in 30 days", (slope) => {
    const past = daily(120, (daysAgo) => String(500 - slope * daysAgo));
    expect(numberIn(observe(trend(), past))).toBeCloseTo(30 * slope, 9);
    expect(numberIn(observe(trend({ halfLife: { amount: 1, unit: "w" } }), past))).toBeCloseTo(30 * slope, 9);
    const mean = 500 - slope * 44.5;
    expect(numberIn(observe(trend({ as: "percent" }), past))).toBeCloseTo((100 * 30 * slope) / mean, 9);
  });

  it("is the slope of least squares over the value that stood at each day's end", () => {
    // Four days of 0, 0, 6, 6: the best line rises by 2.4 a day, with a mean of 3.
    const past = pastOf(["2026-09-01T00:00:00Z", "0"], ["2026-10-02T06:00:00Z", "1"], ["2026-10-02T20:00:00Z", "6"]);
    const over = { amount: 4, unit: "d" } as const;
    expect(numberIn(observe(trend({ over }), past))).toBeCloseTo(72, 9);
    expect(numberIn(observe(trend({ over, as: "percent" }), past))).toBeCloseTo(2400, 9);
  });

  it("weighs recent days more with a half-life", () => {
    // Days of 0, 0, 6 that weigh 1, 2, 4: the means are -4/7 and 24/7, the slope (96/7) / (26/7) = 48/13 a day.
    const past = pastOf(["2026-09-01T00:00:00Z", "0"], ["2026-10-03T06:00:00Z", "6"]);
    const signal = { over: { amount: 3, unit: "d" }, halfLife: { amount: 1, unit: "d" } } as const;
    expect(numberIn(observe(trend(signal), past))).toBeCloseTo((30 * 48) / 13, 9);
    expect(numberIn(observe(trend({ ...signal, as: "percent" }), past))).toBeCloseTo((3000 * 48) / 13 / (24 / 7), 9);
  });

  it("of a value that never moved is just 0", () => {
    for (const value of ["0.1", "-7", "0"]) {
      const past = pastOf(["2020-01-01T00:00:00Z", value]);
      expect(observe(trend(), past)).toEqual(known(0));
      expect(observe(trend({ as: "percent" }), past)).toEqual(value === "0" ? unknown("from_zero") : known(0));
    }
  });

  it.each([
    ["half of it", "2026-08-19T12:00:00Z", known(0)],
    ["a day less", "2026-08-20T12:00:00Z", unknown("no_history")],
  ])("needs a history of half as long: %s", (_, instant, expected) => {
    expect(observe(trend(), pastOf([instant, "5"]))).toEqual(expected);
  });

  it("leaves out the days on which there was no number", () => {
    const gap = daily(90, (daysAgo) => (daysAgo > 20 && daysAgo < 40 ? null : String(200 - daysAgo)));
    expect(numberIn(observe(trend(), gap))).toBeCloseTo(30, 9);
    const lateStart = daily(90, (daysAgo) => (daysAgo > 30 ? "many" : "5"));
    expect(observe(trend(), lateStart)).toEqual(unknown("no_history"));
    const gone = daily(90, (daysAgo) => (daysAgo === 0 ? null : "5"));
    expect(observe(trend(), gone)).toEqual(unknown("not_a_number"));
  });

  it("looks neither beyond its days nor into the future", () => {
    const past = daily(90, (daysAgo) => String(100 - daysAgo));
    const more = [...pastOf(["2020-01-01T00:00:00Z", "1000000"]), ...past, ...pastOf(["2026-10-03T12:00:01Z", "9999"])];
    expect(observe(trend(), more)).toEqual(observe(trend(), past));
  });

  it("is not known without a history, nor over a single day", () => {
    expect(observe(trend(), [])).toEqual(unknown("no_history"));
    const past = pastOf(["2020-01-01T00:00:00Z", "5"]);
    expect(observe(trend({ over: { amount: 1, unit: "d" } }), past)).toEqual(unknown("no_history"));
  });

  it("turns round with the sign of the values", () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 90, maxLength: 90 });
    fc.assert(
      fc.property(values, fc.constantFrom(null, { amount: 2, unit: "w" } as const), (numbers, halfLife) => {
        const of = (sign: number) =>
          numberIn(
            observe(
              trend({ halfLife }),
              daily(90, (daysAgo) => String(sign * (numbers[daysAgo] ?? 0))),
            ),
          );
        expect(of(-1)).toBeCloseTo(-of(1), 6);
      }),
      { numRuns: 30 },
    );
  });
});
