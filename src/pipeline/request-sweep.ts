import type { PipelineContext } from "./pipeline-context.ts";

/**
 * Asks for a sweep where one is owed: none was ever run, the last one that was due fell in a time when no service ran,
 * or the rules have changed since.
 */
export async function requestMissedSweep({ store, rules, now, log }: PipelineContext): Promise<void> {
  const instant = now();
  const { hash } = rules.ruleset;
  const schedule = await store.settings.read("schedule");
  const missed = schedule && new Date(schedule.nextDueAt) <= instant ? new Date(schedule.nextDueAt) : null;
  const isForRules = await store.sweeps.requestForRules(hash, missed ?? instant, instant);
  const isMissed = missed !== null && (await store.sweeps.request(missed, { tasksForCurrent: false }, instant));
  if (isForRules || isMissed)
    log.info({ missed, isFirst: !schedule, rulesetHash: hash }, "a sweep is owed and starts now");
}
