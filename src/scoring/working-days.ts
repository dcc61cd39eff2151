import { DateTime } from "luxon";

const DUE_HOUR = 17;

/** The end of the working day that lies so many working days (Monday to Friday) after an instant, in a time zone. */
export function dueAfterWorkingDays(instantMs: number, workingDays: number, timezone: string): Date {
  let day = DateTime.fromMillis(instantMs, { zone: timezone }).startOf("day");
  let left = workingDays;
  while (left > 0 || isWeekend(day)) {
    day = day.plus({ days: 1 });
    if (!isWeekend(day)) left -= 1;
  }
  return day.set({ hour: DUE_HOUR }).toJSDate();
}

function isWeekend(day: DateTime): boolean {
  return day.weekday > 5;
}
