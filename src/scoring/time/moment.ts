import type { Calendar } from "./calendar.ts";

/** What a score depends on beside the facts: the instant, and what the portal's settings mean. */
export type Moment = {
  /** Milliseconds since the epoch. */
  instantMs: number;
  /** The instant's day in the calendar. */
  today: number;
  calendar: Calendar;
  /** Closed ticket stages as `pipeline/stage`; stage ids alone repeat between pipelines. */
  closedStages: ReadonlySet<string>;
};

export function createMoment(instant: Date, calendar: Calendar, closedStages: ReadonlySet<string>): Moment {
  const instantMs = instant.getTime();
  return { instantMs, today: calendar.dayOf(instantMs), calendar, closedStages };
}

/** The name of a ticket stage in `Moment.closedStages`. */
export function stageKey(pipelineId: string, stageId: string): string {
  return `${pipelineId}/${stageId}`;
}
