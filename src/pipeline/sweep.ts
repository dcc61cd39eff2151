import { admitTasks } from "./admit-tasks.ts";
import { cutPortfolio } from "./cut-portfolio.ts";
import { followAllTasks } from "./follow-tasks.ts";
import { isMirrorComplete, readMirrorState } from "./mirror-state.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { rescoreCompanies } from "./rescore.ts";
import type { DecisionCount } from "./store-port.ts";
import type { Sweep } from "./sweep-store-port.ts";
import type { Progress } from "./sync/sync.ts";
import { syncMirror } from "./sync/sync-mirror.ts";

/** A range is decided with all its records in memory and in one transaction; a large customer has thousands. */
const RANGE = 200;

export type SweepProgress = {
  sync: Progress;
  rescore: (step: { done: number; total: number }) => void;
};

/**
 * The nightly run: first the mirror is brought up to date, then every customer is rescored, because time alone moves
 * scores. It goes by ranges of ids and keeps how far it came: a run that was broken off goes on there.
 */
export async function runSweep(
  context: PipelineContext,
  sweep: Sweep,
  progress: SweepProgress,
): Promise<DecisionCount> {
  const { store, portal, rules, log, now } = context;
  await portal.renew();
  // A run that was broken off may go on under other rules.
  if (sweep.cursor === null || !isMirrorComplete(await readMirrorState(store), rules)) {
    await syncMirror(context, null, progress.sync);
    await followAllTasks(context);
  }
  const total = await store.mirror.countCompanies();
  const counts: DecisionCount = { decided: 0, changed: 0, tasks: 0, closings: 0 };
  const options = { priority: "sweep", tasksForCurrent: sweep.tasksForCurrent } as const;
  for (let cursor = sweep.cursor ?? ""; ;) {
    const ids = await store.mirror.companiesAfter(cursor, RANGE);
    const last = ids.at(-1);
    if (last === undefined) break;
    const range = await rescoreCompanies(context, ids, options);
    counts.decided += range.decided;
    counts.changed += range.changed;
    counts.tasks += range.tasks;
    counts.closings += range.closings;
    cursor = last;
    await store.sweeps.saveCursor(sweep.id, cursor);
    progress.rescore({ done: counts.decided, total });
  }
  const moved = await cutPortfolio(context);
  for (let from = 0; from < moved.length; from += RANGE) {
    const range = await rescoreCompanies(context, moved.slice(from, from + RANGE), options);
    counts.changed += range.changed;
  }
  await admitTasks(context, "sweep");
  await store.sweeps.finish(sweep.id, counts, now());
  log.info({ sweep: sweep.id, scheduledFor: sweep.scheduledFor, ...counts }, "sweep finished");
  return counts;
}
