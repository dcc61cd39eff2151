import { startOfWeek } from "../scoring/time/working-days.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { Priority } from "./store-port.ts";

/** Has as many waiting tasks made as this week (from Monday, by the rules' time zone) has room for; gives how many. */
export async function admitTasks({ store, rules, now }: PipelineContext, priority: Priority): Promise<number> {
  const instant = now();
  const { plays, timezone } = rules.ruleset;
  if (plays.length === 0) return 0;
  return store.admissions.admit({
    plays: plays.map(({ slug, weeklyCapacity }) => ({ slug, weeklyCapacity })),
    weekStart: startOfWeek(instant.getTime(), timezone),
    priority,
    now: instant,
  });
}
