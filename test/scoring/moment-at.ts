import { createCalendar } from "../../src/scoring/time/calendar.ts";
import { createMoment, type Moment } from "../../src/scoring/time/moment.ts";

/** The moment of an ISO instant in Oslo; the stage `0/4` is closed. */
export function momentAt(instant: string, timezone = "Europe/Oslo"): Moment {
  return createMoment(new Date(instant), createCalendar(timezone), new Set(["0/4"]));
}
