import type { PipelineContext } from "./pipeline-context.ts";
import type { Settings } from "./setting-store-port.ts";

type Context = Pick<PipelineContext, "store" | "now" | "log">;

/**
 * Asks for a sweep where the rules have changed since the last one that was asked for, or none ever was. Asked at the
 * start and when rules come into force, and not now and then: two services with different files would else score the
 * portfolio by turns.
 */
export async function requestSweepForRules({ store, now, log }: Context, rulesetHash: string): Promise<void> {
  const instant = now();
  const schedule = await store.settings.read("schedule");
  const missed = missedBy(schedule, instant);
  if (await store.sweeps.requestForRules(rulesetHash, missed ?? instant, instant))
    log.info({ missed, isFirst: !schedule, rulesetHash }, "a sweep is owed for these rules and starts now");
}

/** Asks for a sweep where the last one that was due fell in a time when no service ran. */
export async function requestMissedSweep({ store, now, log }: Context): Promise<void> {
  const instant = now();
  const missed = missedBy(await store.settings.read("schedule"), instant);
  if (missed !== null && (await store.sweeps.request(missed, { tasksForCurrent: false }, instant)))
    log.info({ missed }, "a sweep is owed and starts now");
}

function missedBy(schedule: Settings["schedule"] | null, instant: Date): Date | null {
  const dueAt = schedule && new Date(schedule.nextDueAt);
  return dueAt && dueAt <= instant ? dueAt : null;
}
