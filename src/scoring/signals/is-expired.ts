import { instantOfText } from "../time/calendar.ts";
import type { Duration } from "../time/duration.ts";
import type { Moment } from "../time/moment.ts";

/** Whether a HubSpot date is older than `expires`: by the calendar, in hours by the clock. What is no date never is. */
export function isExpired(date: string, expires: Duration, { calendar, today, instantMs }: Moment): boolean {
  if (expires.unit === "h") {
    const instant = instantOfText(date);
    return instant !== null && instant < calendar.instantBefore(instantMs, expires);
  }
  const day = calendar.dayOfText(date);
  return day !== null && day < calendar.daysBefore(today, expires);
}
