import { dueAfterWorkingDays, startOfWeek } from "../scoring/time/working-days.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { Priority } from "./store-port.ts";

/** Has as many waiting tasks made as this week (from Monday, by the rules' time zone) has room for; gives how many. */
export async function admitTasks({ store, rules, now }: PipelineContext, priority: Priority): Promise<number> {
  const instant = now();
  const { timezone, holidays } = rules.ruleset;
  if (rules.plays.length === 0) return 0;
  return store.admissions.admit({
    plays: rules.plays.map(({ play: { slug, weeklyCapacity }, score }) => ({
      slug,
      score: score.name,
      weeklyCapacity,
    })),
    weekStart: startOfWeek(instant.getTime(), timezone),
    dueAfter: (workingDays) => dueAfterWorkingDays(instant.getTime(), workingDays, timezone, holidays),
    priority,
    now: instant,
  });
}
