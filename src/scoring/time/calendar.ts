import { DateTime, IANAZone } from "luxon";
import type { Duration } from "./duration.ts";

const DAY_MS = 86_400_000;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
/** With its offset: an instant without one would be read by the clock of the machine. */
const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[-+]\d{2}:\d{2})$/;
/** Up to the year 5138: more digits are an id, not an instant. */
const MS_DIGITS = /^-?\d{1,14}$/;

/**
 * Calendar days in one time zone. A day is a whole number: days since 1970-01-01 by the zone's own clocks, so that
 * "days since" changes at midnight and not at the hour at which something happened.
 */
export type Calendar = {
  readonly timezone: string;
  /** The day on which an instant (ms since the epoch) falls in the zone. */
  dayOf(instantMs: number): number;
  /**
   * The day of a HubSpot value: a `date` (`2026-10-03`) is that very day; a `datetime` (ISO 8601, or ms in digits as
   * webhooks write it) is the day on which it falls in the zone. Null where the text is neither.
   */
  dayOfText(text: string): number | null;
  /** The day that lies a duration before another; months and years by the calendar, hours not allowed. */
  daysBefore(day: number, duration: Duration): number;
  /** The day that lies a duration after another; as `daysBefore`. */
  daysAfter(day: number, duration: Duration): number;
  /** The instant a duration before another: hours by the clock, all else at the same time of day in the zone. */
  instantBefore(instantMs: number, duration: Duration): number;
};

/** The instant of a HubSpot `datetime` or `date` value (a date is its midnight UTC); null where the text is neither. */
export function instantOfText(text: string): number | null {
  if (MS_DIGITS.test(text)) return Number(text);
  const date = DATE_ONLY.test(text) ? text : ISO_INSTANT.exec(text)?.[1];
  if (date === undefined || dayOfDate(date) === null) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}

/** The day number of `2026-10-03`; null for a date that no month has, which `Date.parse` would move to the next. */
function dayOfDate(date: string): number | null {
  const midnight = Date.parse(date);
  // No date comes out of NaN either.
  return new Date(midnight).getUTCDate() === Number(date.slice(8)) ? midnight / DAY_MS : null;
}

/** `2026-10-03` of a day number. */
export function isoDateOfDay(day: number): string {
  const text = new Date(day * DAY_MS).toISOString();
  return text.slice(0, text.indexOf("T"));
}

export function createCalendar(timezone: string): Calendar {
  const zone = IANAZone.create(timezone);
  const offsets = new Map<number, number | null>();
  const lastBefore = new Map<string, { instantMs: number; before: number }>();

  // Asking the zone for an offset costs microseconds; a day's offset is the same at both ends but on the two days a
  // year on which clocks change, so it is kept per UTC day.
  function offsetMs(instantMs: number): number {
    const utcDay = Math.floor(instantMs / DAY_MS);
    let offset = offsets.get(utcDay);
    if (offset === undefined) {
      const atStart = zone.offset(utcDay * DAY_MS);
      offset = atStart === zone.offset((utcDay + 1) * DAY_MS) ? atStart : null;
      offsets.set(utcDay, offset);
    }
    return (offset ?? zone.offset(instantMs)) * 60_000;
  }

  function dayOf(instantMs: number): number {
    return Math.floor((instantMs + offsetMs(instantMs)) / DAY_MS);
  }

  return {
    timezone,
    dayOf,
    dayOfText(text) {
      if (DATE_ONLY.test(text)) return dayOfDate(text);
      const instant = instantOfText(text);
      return instant === null ? null : dayOf(instant);
    },
    daysBefore: (day, duration) => movedDay(day, duration, -1),
    daysAfter: (day, duration) => movedDay(day, duration, 1),
    instantBefore(instantMs, { amount, unit }) {
      // A whole portfolio asks for the same few instants, one customer after another.
      const key = `${amount}${unit}`;
      const last = lastBefore.get(key);
      if (last?.instantMs === instantMs) return last.before;
      const before = DateTime.fromMillis(instantMs, { zone })
        .minus({ [LUXON_UNITS[unit]]: amount })
        .toMillis();
      lastBefore.set(key, { instantMs, before });
      return before;
    },
  };
}

const LUXON_UNITS = { h: "hours", d: "days", w: "weeks", mo: "months", y: "years" } as const;

function movedDay(day: number, { amount, unit }: Duration, direction: 1 | -1): number {
  if (unit === "h") throw new RangeError("hours are no calendar days");
  if (unit === "d") return day + direction * amount;
  if (unit === "w") return day + direction * 7 * amount;
  const date = DateTime.fromMillis(day * DAY_MS, { zone: "utc" });
  return date.plus({ [LUXON_UNITS[unit]]: direction * amount }).toMillis() / DAY_MS;
}
