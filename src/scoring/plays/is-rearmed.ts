import type { Prior } from "../decision.ts";
import type { Moment } from "../time/moment.ts";
import type { Play } from "../ruleset/play.ts";

/** Whether so long has passed since the last task of a play as it is to wait after one. */
export function isRearmed({ slug, rearm: { after } }: Play, prior: Prior, moment: Moment): boolean {
  const lastTaskAt = prior.lastTaskAt.get(slug);
  return (
    after === null || lastTaskAt === undefined || lastTaskAt <= moment.calendar.instantBefore(moment.instantMs, after)
  );
}
