import { z } from "zod";
import { parseDuration } from "../../scoring/duration.ts";

/**
 * Every scalar of a rule file arrives as the text that was written, so that `007`, `NO` or a 17-digit id stay what they
 * are where they are compared with HubSpot's text; what is a number or a truth is read from the text here.
 */
function scalar<T>(expected: string, read: (text: string) => T | undefined) {
  return z.unknown().transform((found, context): T => {
    const value = typeof found === "string" ? read(found.trim()) : undefined;
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: `expected ${expected}, found ${sayFound(found)}` });
    return z.NEVER;
  });
}

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)$/;
/** Beyond it sums of weights and points are no longer exact. */
const GREATEST = 1e9;

/** The number in a text, in decimal digits; `1e3` and `0x1F` are texts. */
export function numberIn(text: string): number | undefined {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Math.abs(number) <= GREATEST ? number : undefined;
}

/** A decimal number with a point. */
export const DecimalNumber = scalar("a number", numberIn);

/** Text that is compared with HubSpot's: as written, spaces in quotes included. */
export const Value = z
  .string({ error: ({ input }) => `expected a value, found ${sayFound(input)}` })
  .min(1, "expected a value, found nothing");

export const PositiveNumber = scalar("a number over 0", (text) => {
  const number = numberIn(text);
  return number !== undefined && number > 0 ? number : undefined;
});

/** 0..100. */
export const GradeNumber = scalar("a grade from 0 to 100", (text) => {
  const number = numberIn(text);
  return number !== undefined && number >= 0 && number <= 100 ? number : undefined;
});

export const WholeNumber = scalar("a whole number", (text) => {
  const number = numberIn(text);
  return number !== undefined && Number.isInteger(number) ? number : undefined;
});

/** Points of the scale, which has a hundred. */
export const Points = scalar("a whole number from -100 to 100", (text) => {
  const number = numberIn(text);
  return number !== undefined && Number.isInteger(number) && Math.abs(number) <= 100 ? number : undefined;
});

/** `60%` as 0.6. */
export const Percentage = scalar("a percentage such as 60%", (text) => {
  const number = text.endsWith("%") ? numberIn(text.slice(0, -1)) : undefined;
  return number !== undefined && number >= 0 && number <= 100 ? number / 100 : undefined;
});

export const DurationText = scalar(
  "a duration such as 12h, 30d, 2w, 6mo or 1y",
  (text) => parseDuration(text) ?? undefined,
);

/** How long a value counts, by the days of the calendar. */
export const DaysText = scalar("a duration in days or more, such as 30d, 2w, 6mo or 1y", (text) => {
  const duration = parseDuration(text);
  return duration && duration.unit !== "h" ? duration : undefined;
});

/** `2 working days` as 2. */
export const WorkingDays = scalar("a number of working days such as 2 working days", (text) => {
  const match = /^(\d{1,3}) working days?$/.exec(text);
  return match ? Number(match[1]) : undefined;
});

export const Text = scalar("a text", (text) => (text === "" ? undefined : text));

/** A name of our own: it becomes part of property names, so it is as HubSpot wants those. */
export const Name = scalar("a name of lower-case letters, digits and _, a letter first", (text) =>
  /^[a-z][a-z0-9_]{0,60}$/.test(text) ? text : undefined,
);

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]) {
  return scalar(`one of ${words.join(", ")}`, (text) => words.find((word) => word === text));
}

export function sayFound(found: unknown): string {
  if (found === undefined || found === null || found === "") return "nothing";
  if (typeof found === "string") return JSON.stringify(found.length > 60 ? `${found.slice(0, 57)}...` : found);
  return Array.isArray(found) ? "a list" : "a group of keys";
}
