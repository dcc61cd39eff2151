/** A length of time as the rules write it: `30d`, `12h`, `2w`, `6mo`, `1y`. */
export type Duration = { amount: number; unit: DurationUnit };
export type DurationUnit = "h" | "d" | "w" | "mo" | "y";

const PATTERN = /^([1-9]\d{0,4})(h|d|w|mo|y)$/;

/** Reads `30d` and the like; null where the text is no duration. `m` is none: minute or month, nobody could tell. */
export function parseDuration(text: string): Duration | null {
  const match = PATTERN.exec(text);
  return match ? { amount: Number(match[1]), unit: match[2] as DurationUnit } : null;
}
