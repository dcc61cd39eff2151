/** A length of time as the rules write it: `30d`, `12h`, `2w`, `6mo`, `1y`. */
export type Duration = { amount: number; unit: DurationUnit };
export type DurationUnit = "h" | "d" | "w" | "mo" | "y";

const PATTERN = /^([1-9]\d{0,4})(h|d|w|mo|y)$/;

/** Reads `30d` and the like; null where the text is no duration. `m` is none: minute or month, nobody could tell. */
export function parseDuration(text: string): Duration | null {
  const match = PATTERN.exec(text);
  return match ? { amount: Number(match[1]), unit: match[2] as DurationUnit } : null;
}

/** Mean lengths: a month is 30.4375 days, a year 365.25. */
const DAYS: Record<DurationUnit, number> = { h: 1 / 24, d: 1, w: 7, mo: 30.4375, y: 365.25 };

/** A duration in days where no calendar is asked, as for a half-life. */
export function daysOfDuration({ amount, unit }: Duration): number {
  return amount * DAYS[unit];
}
