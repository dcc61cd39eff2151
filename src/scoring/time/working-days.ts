import { DateTime } from "luxon";

const DUE_HOUR = 17;

/**
 * The end of the working day that lies so many working days after an instant, in a time zone. Saturdays, Sundays and
 * holidays (`2026-12-24`, or `12-25` of every year) are no working days; neither is a day of which the end has passed.
 */
export function dueAfterWorkingDays(
  instantMs: number,
  workingDays: number,
  timezone: string,
  holidays: readonly string[],
): Date {
  const isFree = (day: DateTime) =>
    day.weekday > 5 || holidays.includes(day.toFormat("yyyy-MM-dd")) || holidays.includes(day.toFormat("MM-dd"));
  const instant = DateTime.fromMillis(instantMs, { zone: timezone });
  let day = instant.startOf("day");
  let left = workingDays === 0 && instant.hour >= DUE_HOUR ? 1 : workingDays;
  while (left > 0 || isFree(day)) {
    day = day.plus({ days: 1 });
    if (!isFree(day)) left -= 1;
  }
  return day.set({ hour: DUE_HOUR }).toJSDate();
}

/** Monday 00:00 of the week of an instant, in a time zone. */
export function startOfWeek(instantMs: number, timezone: string): Date {
  return DateTime.fromMillis(instantMs, { zone: timezone }).startOf("week").toJSDate();
}
