import { z } from "zod";
import { parseDuration, type Duration } from "../../scoring/time/duration.ts";
import type { PointInTime } from "../../scoring/ruleset/field-test.ts";
import { sayNearest } from "../../scoring/ruleset/nearest-name.ts";
import {
  hintOfCapacity,
  hintOfDuration,
  hintOfNumber,
  hintOfPercentage,
  hintOfWord,
  hintOfWorkingDays,
} from "./hints.ts";
import { sayFound } from "./say-found.ts";

type Hint = (found: string) => string;
const noHint: Hint = () => "";

/**
 * Every scalar of a rule file arrives as the text that was written, so that `007`, `NO` or a 17-digit id stay what they
 * are where they are compared with HubSpot's text; what is a number or a truth is read from the text here. `json` is
 * what an editor, which reads YAML numbers as numbers, is to allow.
 */
export function scalar<T>(expected: string, json: object, read: (text: string) => T | undefined, hint = noHint) {
  return z
    .unknown()
    .transform((found, context): T => {
      const value = typeof found === "string" ? read(found.trim()) : undefined;
      if (value !== undefined) return value;
      const more = typeof found === "string" ? hint(found.trim()) : "";
      context.addIssue({ code: "custom", message: `expected ${expected}, found ${sayFound(found)}${more}` });
      return z.NEVER;
    })
    .meta({ ...json });
}

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)$/;
/** Beyond it sums of weights and points are no longer exact. */
const GREATEST = 1e9;

/** The number in a text, in decimal digits; `1e3` and `0x1F` are texts. */
export function numberIn(text: string): number | undefined {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Math.abs(number) <= GREATEST ? number : undefined;
}

function numberFor(expected: string, json: object, isAllowed: (number: number) => boolean) {
  const read = (text: string) => {
    const number = numberIn(text);
    return number !== undefined && isAllowed(number) ? number : undefined;
  };
  return scalar(expected, { type: ["number", "string"], pattern: NUMBER.source, ...json }, read, hintOfNumber);
}

/** A decimal number with a point. */
export const DecimalNumber = numberFor("a number", {}, () => true);
export const PositiveNumber = numberFor("a number over 0", { exclusiveMinimum: 0 }, (number) => number > 0);
/** 0..100. */
export const GradeNumber = numberFor(
  "a grade from 0 to 100",
  { minimum: 0, maximum: 100 },
  (number) => number >= 0 && number <= 100,
);
export const PointsAbove = numberFor(
  "points from 0 to 100",
  { minimum: 0, maximum: 100 },
  (number) => number >= 0 && number <= 100,
);
export const WholeNumber = numberFor("a whole number", {}, Number.isInteger);
/** Points of the scale, which has a hundred. */
export const Points = numberFor(
  "a whole number from -100 to 100",
  { minimum: -100, maximum: 100 },
  (number) => Number.isInteger(number) && Math.abs(number) <= 100,
);

/** `60%` as 0.6. */
export const Percentage = scalar(
  "a percentage such as 60%",
  { type: "string", pattern: "^\\d+(\\.\\d*)?%$" },
  (text) => {
    const number = text.endsWith("%") ? numberIn(text.slice(0, -1)) : undefined;
    return number !== undefined && number >= 0 && number <= 100 ? number / 100 : undefined;
  },
  hintOfPercentage,
);

/** Text that is compared with HubSpot's: as written, spaces in quotes included. */
export const Value = z
  .string({ error: ({ input }) => `expected a value, found ${sayFound(input)}` })
  .min(1, "expected a value, found nothing")
  .meta({ type: ["string", "number", "boolean"] });

function daysIn(text: string): Duration | undefined {
  const duration = parseDuration(text);
  return duration && duration.unit !== "h" ? duration : undefined;
}

/** How long a value counts, by the days of the calendar. */
export const DaysText = scalar(
  "a duration in days or more, such as 30d, 2w, 6mo or 1y",
  { type: "string", pattern: "^[1-9]\\d{0,4}(d|w|mo|y)$" },
  daysIn,
  hintOfDuration,
);

/** The last so long, or the next. */
export const WithinText = scalar(
  "a duration such as 12h, 30d, 2w, 6mo or 1y, or next 30d",
  { type: "string", pattern: "^([1-9]\\d{0,4}(h|d|w|mo|y)|next +[1-9]\\d{0,4}(d|w|mo|y))$" },
  (text) => {
    const isNext = /^next +/.test(text);
    const duration = isNext ? daysIn(text.replace(/^next +/, "")) : parseDuration(text);
    return duration ? { isNext, duration } : undefined;
  },
  (found) => (isDate(found) ? `; write after: ${found}` : hintOfDuration(found)),
);

/** Whether a text is a day that a calendar has. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = Date.parse(text);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

export const PointInTimeText = scalar(
  "a day such as 2026-10-03, today, 30d ago or in 30d",
  {
    type: "string",
    pattern: "^(\\d{4}-\\d{2}-\\d{2}|today|[1-9]\\d{0,4}(d|w|mo|y) +ago|in +[1-9]\\d{0,4}(d|w|mo|y))$",
  },
  (text): PointInTime | undefined => {
    if (text === "today") return { kind: "today" };
    if (isDate(text)) return { kind: "date", date: text };
    const ago = /^(\S+) +ago$/.exec(text)?.[1];
    const ahead = /^in +(\S+)$/.exec(text)?.[1];
    const by = daysIn(ago ?? ahead ?? "");
    return by && { kind: ago === undefined ? "ahead" : "ago", by };
  },
  hintOfDuration,
);

/** `2026-12-24`, or `12-25` of every year. */
export const Holiday = scalar(
  "a day such as 2026-12-24, or 12-25 for every year",
  { type: "string", pattern: "^(\\d{4}-)?\\d{2}-\\d{2}$" },
  // 2024 has a 29 February.
  (text) => (isDate(text) || isDate(`2024-${text}`) ? text : undefined),
);

/** `2 working days` as 2. */
export const WorkingDays = scalar(
  "a number of working days such as 2 working days",
  { type: "string", pattern: "^\\d{1,3} working days?$" },
  (text) => {
    const match = /^(\d{1,3}) working days?$/.exec(text);
    return match ? Number(match[1]) : undefined;
  },
  hintOfWorkingDays,
);

/** `20 per week` as 20. */
export const WeeklyCapacity = scalar(
  "a number of tasks such as 20 per week",
  { type: "string", pattern: "^[1-9]\\d{0,5} per week$" },
  (text) => {
    const match = /^([1-9]\d{0,5}) per week$/.exec(text);
    return match ? Number(match[1]) : undefined;
  },
  hintOfCapacity,
);

export const Text = scalar("a text", { type: ["string", "number", "boolean"] }, (text) =>
  text === "" ? undefined : text,
);

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}

export const Email = scalar("an e-mail address", { type: "string", pattern: "@" }, (text) =>
  isEmail(text) ? text : undefined,
);

export const Currency = scalar(
  "a currency of three capital letters such as NOK",
  { type: "string", pattern: "^[A-Z]{3}$" },
  (text) => (/^[A-Z]{3}$/.test(text) ? text : undefined),
  (found) => (/^[A-Za-z]{3}$/.test(found) ? `; write ${found.toUpperCase()}` : ""),
);

const NAME = /^[a-z][a-z0-9_]{0,60}$/;

/** A name of our own: it becomes part of property names, so it is as HubSpot wants those. */
export const Name = scalar(
  "a name of lower-case letters, digits and _, a letter first",
  { type: "string", pattern: NAME.source },
  (text) => (NAME.test(text) ? text : undefined),
);

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]) {
  return scalar(
    `one of ${words.join(", ")}`,
    { enum: words },
    (text) => words.find((word) => word === text),
    (found) => hintOfWord(found, words) || sayNearest(found, words),
  );
}
