import { DateTime } from "luxon";
import type { Duration } from "./duration.ts";
import type { Moment } from "./moment.ts";

const FIELDS = { h: "hours", d: "days", w: "weeks", mo: "months", y: "years" } as const;

/** The instant (ms since the epoch) that lies a duration before a moment, by the clocks of its zone. */
export function instantBefore({ instantMs, calendar }: Moment, { amount, unit }: Duration): number {
  const instant = DateTime.fromMillis(instantMs, { zone: calendar.timezone });
  return instant.minus({ [FIELDS[unit]]: amount }).toMillis();
}
