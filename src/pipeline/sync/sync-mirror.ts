import { fillAllHistories } from "../fill-histories.ts";
import { HubSpotForbidden } from "../hubspot-errors.ts";
import { readMirrorState, withoutType } from "../mirror-state.ts";
import type { MirroredType } from "../mirrored-properties.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import type { Priority } from "../store-port.ts";
import { compareLinks } from "./compare-links.ts";
import { findCustomers } from "./find-customers.ts";
import { followLinks } from "./follow-links.ts";
import { listType } from "./list-type.ts";
import { planSync } from "./plan-sync.ts";
import { readCalculated } from "./read-calculated.ts";
import { readChanges } from "./read-changes.ts";
import { rereadRecords } from "./reread-records.ts";
import type { Progress, Sync } from "./sync.ts";
import { readBrokenJob, type SyncCursor, type SyncJob, type SyncStep } from "./sync-job.ts";
import { tidyMirror } from "./tidy-mirror.ts";

/**
 * Brings the mirror up to date: what the rules name and it lacks is filled in, what was modified since the watermark is
 * read, and once a week everything is compared. Each way is the one of the fewest calls. A sync that is broken off, at
 * whatever point, goes on there the next time. A type that the token may not read is marked so, and scored as unknown;
 * one that the rules name no more is forgotten. With `rescore`, the companies whose facts changed are marked; a sweep
 * needs none, because it scores everybody afterwards.
 */
export async function syncMirror(
  context: PipelineContext,
  rescore: Priority | null,
  progress: Progress,
): Promise<void> {
  const { store, rules, log, now } = context;
  const broken = await readBrokenJob(store, rules, now());
  let job = broken ?? (await planSync(context));
  const keep = async (next: SyncJob) => {
    job = { ...next, keptAt: now().toISOString() };
    await store.settings.write("sync", job);
  };
  log.info({ kind: job.kind, step: job.step, steps: job.steps.map(nameOf) }, broken ? "sync goes on" : "sync begins");
  if (!broken) await keep(job);

  const sync: Sync = {
    ...context,
    rescore,
    keep: (cursor) => keep({ ...job, cursor }),
    instead: (step) => keep({ ...job, steps: job.steps.with(job.step, step), cursor: null }),
    tell(type, records, total) {
      job = { ...job, done: job.done + records };
      progress({ type, done: job.done, total });
    },
  };
  for (let step = job.steps[job.step]; step; step = job.steps[job.step]) {
    await takeStep(sync, step, job.cursor);
    await keep({ ...job, step: job.step + 1, cursor: null, done: 0 });
  }
  await tidyMirror(sync);
  await store.mirror.completeAllCompanies(rescore, now());
  if (job.isWhole) await store.settings.write("reconciled_at", now().toISOString());
  await store.settings.write("sync", null);
}

async function takeStep(sync: Sync, step: SyncStep, cursor: SyncCursor | null): Promise<void> {
  try {
    await act(sync, step, cursor);
  } catch (error) {
    const type = typeOf(step);
    if (!(error instanceof HubSpotForbidden) || type === null || type === "company") throw error;
    const { requiredScopes } = error;
    sync.log.error({ error, type, requiredScopes }, "HubSpot forbids reading these records");
    await sync.store.settings.write("mirror", withoutType(await readMirrorState(sync.store), type));
  }
}

function act(sync: Sync, step: SyncStep, cursor: SyncCursor | null): Promise<void> {
  switch (step.do) {
    case "definitions":
      return readCalculated(sync, true);
    case "list":
      return listType(sync, step, cursor);
    case "find":
      return findCustomers(sync, step, cursor);
    case "changes":
      return readChanges(sync, step.type, cursor);
    case "reread":
      return rereadRecords(sync, step, cursor);
    case "follow":
      return followLinks(sync, step, cursor);
    case "links":
      return compareLinks(sync, step, cursor);
    case "histories":
      return fillAllHistories(sync, step.properties, {
        after: cursor?.after ?? "",
        keep: (after) => sync.keep({ after }),
      });
  }
}

function typeOf(step: SyncStep): MirroredType | null {
  return "type" in step ? step.type : step.do === "find" ? "company" : null;
}

function nameOf(step: SyncStep): string {
  const type = typeOf(step);
  return type === null ? step.do : `${step.do} ${type}`;
}
