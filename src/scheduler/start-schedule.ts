import { createTask, validate, type Logger } from "node-cron";
import type { Log } from "../pipeline/log.ts";

export type ScheduleOptions = {
  /** Five fields, minute first, as `isCron` takes them. */
  cron: string;
  /** An IANA zone, such as Europe/Oslo; the cron's hours are its hours. */
  timezone: string;
  /** Called with the instant that was due, which may lie back. What it throws is logged, and the next one comes. */
  onDue: (scheduledFor: Date) => Promise<void> | void;
  log: Log;
};

export type Schedule = {
  /**
   * The next due instant, or null after `stop`. Keep it: when it lies in the past at the next start, the process was down
   * when it was due.
   */
  next(): Date | null;
  /** Nothing more becomes due; resolves when what is under way has ended. */
  stop(): Promise<void>;
};

/** Whether `startSchedule` can run it: five fields of numbers, names, ranges and steps. Seconds are not for us. */
export function isCron(text: string): boolean {
  return text.trim().split(/\s+/).length === 5 && validate(text);
}

/**
 * Calls `onDue` whenever the cron says so in its time zone, one at a time: what becomes due meanwhile is left out. When
 * the process was held up or the machine slept, the latest due instant comes late, and those before it not at all.
 *
 * A time of day that the clocks skip in spring is skipped with it (02:30 in Oslo), and one that comes twice in autumn is
 * due once.
 */
export function startSchedule({ cron, timezone, onDue, log }: ScheduleOptions): Schedule {
  let underWay: Promise<void> = Promise.resolve();
  let stopped = false;

  async function runDue(scheduledFor: Date): Promise<void> {
    try {
      await onDue(scheduledFor);
    } catch (error) {
      log.error({ error, scheduledFor }, "a scheduled run failed");
    }
  }

  const task = createTask(cron, ({ date }) => (underWay = runDue(date)), {
    timezone,
    noOverlap: true,
    // Late is better than never, however late: without this, a run that is more than a second late is only reported.
    missedExecutionTolerance: Number.POSITIVE_INFINITY,
    logger: createCronLogger(log),
  });
  void task.start();

  return {
    next: () => (stopped ? null : task.getNextRun()),
    async stop() {
      stopped = true;
      await task.destroy();
      await underWay;
    },
  };
}

/** node-cron's own remarks, of which "still running" is one, would go to the console. */
function createCronLogger(log: Log): Logger {
  const toMessage = (message: string | Error) => ({ cron: message instanceof Error ? message.message : message });
  return {
    debug: (message) => log.debug(toMessage(message), "the scheduler says"),
    info: (message) => log.info(toMessage(message), "the scheduler says"),
    warn: (message) => log.warn(toMessage(message), "the scheduler says"),
    error: (message, error) => log.error({ ...toMessage(message), error }, "the scheduler says"),
  };
}
