import { decayedWeight } from "./decay.ts";
import type { PastValue } from "../facts.ts";
import { numberOf } from "../fields/field-reader.ts";
import type { Moment } from "../time/moment.ts";
import { observeNumber, unknown } from "./observe.ts";
import { compilePastValues } from "./past-values.ts";
import type { SignalReader } from "./signal-reader.ts";
import type { SignalSource } from "../ruleset/signal.ts";

const PER_DAYS = 30;

/**
 * The slope of the straight line that fits the last `over` days best, per 30 days.
 *
 * The series has one point a day, the value that stood at the day's end; days on which it was no number have none. With
 * the days x, the values y, and the weights w, 0.5^(age / half-life) or 1, the slope is that of weighted least squares:
 * sum w (x - X)(y - Y) / sum w (x - X)^2, X and Y being the weighted means. In percent it is of the size of Y, so that
 * its sign tells the direction. The series must reach back at least half of `over`.
 */
export function readTrend(signal: Extract<SignalSource, { kind: "trend" }>): SignalReader {
  const { property, over, as, halfLife } = signal;
  const pastOf = compilePastValues(property);
  return (facts, moment) => {
    const { calendar, today } = moment;
    const past = pastOf(facts, moment);
    const last = past.at(-1);
    if (!last) return unknown("no_history");
    if (numberOf(last.value) === null) return unknown("not_a_number");
    const start = calendar.daysBefore(today, over);
    const points = dailyPoints(past, start + 1, moment);
    const [first] = points;
    if (!first || points.length < 2 || today - first.day < (today - start) / 2) return unknown("no_history");
    const { slope, mean } = fitLine(points, (day) => (halfLife ? decayedWeight(today - day, halfLife) : 1));
    if (as === "difference") return observeNumber(slope * PER_DAYS);
    return mean === 0 ? unknown("from_zero") : observeNumber((100 * slope * PER_DAYS) / Math.abs(mean));
  };
}

type Point = { day: number; number: number };

function dailyPoints(past: readonly PastValue[], from: number, { calendar, today }: Moment): Point[] {
  const steps = past.map(({ at, value }) => ({ day: calendar.dayOf(at), number: numberOf(value) }));
  const points: Point[] = [];
  let next = 0;
  let standing: number | null = null;
  for (let day = Math.max(from, steps[0]?.day ?? from); day <= today; day += 1) {
    for (let step = steps[next]; step && step.day <= day; step = steps[next]) {
      standing = step.number;
      next += 1;
    }
    if (standing !== null) points.push({ day, number: standing });
  }
  return points;
}

function fitLine(points: readonly Point[], weightOf: (day: number) => number): { slope: number; mean: number } {
  // Days and values are taken from the last point: small numbers, and a value that never moved has a slope of just 0.
  const last = points.at(-1) ?? { day: 0, number: 0 };
  const weighted = points.map(({ day, number }) => ({ w: weightOf(day), x: day - last.day, y: number - last.number }));
  const total = weighted.reduce((sum, { w }) => sum + w, 0);
  const meanX = weighted.reduce((sum, { w, x }) => sum + w * x, 0) / total;
  const meanY = weighted.reduce((sum, { w, y }) => sum + w * y, 0) / total;
  const both = weighted.reduce((sum, { w, x, y }) => sum + w * (x - meanX) * (y - meanY), 0);
  const square = weighted.reduce((sum, { w, x }) => sum + w * (x - meanX) ** 2, 0);
  return { slope: both / square, mean: last.number + meanY };
}
