import { closeTasks, updateTasks } from "./change-tasks.ts";
import type { DeliveryOutcome } from "./deliver.ts";
import type { Delivery, OutboxTask, TaskState } from "./delivery-store-port.ts";
import { HubSpotClosed } from "./hubspot-errors.ts";
import type { NewTask } from "./hubspot-port.ts";
import { refreshKey, type PipelineContext } from "./pipeline-context.ts";
import type { WorkHint } from "./store-port.ts";

/**
 * How long until not found means not there. Longer than the adapter's longest call (20 s, after 15 s of waiting for its
 * turn at the most): should we be killed during it, HubSpot may still be making the task when another of us looks; and
 * what is made is shown on its company only a moment later.
 */
const CERTAIN_AFTER_MS = 60_000;

/**
 * Makes planned tasks, writes those anew that were decided anew, and closes those whose cause is gone. A task's key is
 * kept as `sending` before HubSpot is asked, and stays so when the answer never came, or we died before it did: then the
 * company's tasks are read, and only one that is not there is asked for again. One that HubSpot refuses is planned again,
 * until its company's work is given up.
 */
export async function deliverTasks(
  context: PipelineContext,
  deliveries: readonly Delivery[],
): Promise<DeliveryOutcome> {
  const inState = (state: TaskState) => deliveries.flatMap(({ tasks }) => tasks.filter((task) => task.state === state));
  const { missing, unclear } = await resolveSending(context, inState("sending"));
  const made = await createTasks(context, [...inState("planned"), ...missing]);
  const refusedUpdates = await updateTasks(context, inState("updating"));
  const refusedClosings = await closeTasks(context, inState("closing"));
  const refused = [...made.refused, ...refusedUpdates, ...refusedClosings];
  return { refused, unclear: [...unclear, ...made.unclear] };
}

/** Finds out about tasks that were being sent when something broke. */
async function resolveSending(
  context: PipelineContext,
  sending: readonly OutboxTask[],
): Promise<{ missing: OutboxTask[]; unclear: string[] }> {
  if (sending.length === 0) return { missing: [], unclear: [] };
  const { hubspot, store, now } = context;
  const readAt = now().getTime();
  const companyIds = [...new Set(sending.map(({ task }) => task.companyId))];
  const found = await hubspot.findTasks(companyIds);
  const idByKey = new Map(found.flatMap(({ key, taskId }) => (key === null ? [] : [[key, taskId]])));
  const created = sending.flatMap(({ task: { key } }) => {
    const taskId = idByKey.get(key);
    return taskId === undefined ? [] : [{ key, taskId }];
  });
  const unfinished = new Set(await store.deliveries.recordCreated(created, now()));
  const rest = sending.filter(({ task }) => !idByKey.has(task.key));
  const lapsed = rest.filter(({ sentAt }) => readAt - (sentAt?.getTime() ?? 0) >= CERTAIN_AFTER_MS);
  const gone = await findGone(context, lapsed);
  const isCertain = (task: OutboxTask) => lapsed.includes(task) && !gone.has(task.task.companyId);
  await store.deliveries.recordNotSent(
    rest.filter(isCertain).map(({ task: { key, companyId } }) => ({ key, companyId })),
    now(),
  );
  return {
    missing: rest.filter((task) => isCertain(task) && task.closingReason === null),
    // Those that were found and are to be closed or updated come round again too.
    unclear: sending
      .filter((task) => (idByKey.has(task.task.key) ? unfinished.has(task.task.key) : !isCertain(task)))
      .map(({ task }) => task.companyId),
  };
}

/**
 * The companies of tasks that HubSpot shows no more. One was merged into another, which its tasks are on now, or deleted:
 * it is read again, which tells.
 */
async function findGone({ hubspot, store, now }: PipelineContext, tasks: readonly OutboxTask[]): Promise<Set<string>> {
  if (tasks.length === 0) return new Set();
  const companyIds = [...new Set(tasks.map(({ task }) => task.companyId))];
  const { missing } = await hubspot.readRecords("company", companyIds, []);
  const hints = missing.map((id): WorkHint => {
    return { kind: "refresh", key: refreshKey({ type: "company", id }), priority: "webhook" };
  });
  await store.work.mark(hints, now());
  return new Set(missing);
}

async function createTasks(
  { hubspot, store, now }: PipelineContext,
  planned: readonly OutboxTask[],
): Promise<DeliveryOutcome> {
  const nothing = { refused: [], unclear: [] };
  if (planned.length === 0) return nothing;
  const tasks = await store.deliveries.recordSending(
    planned.map(({ task }) => task.key),
    now(),
  );
  if (tasks.length === 0) return nothing;
  try {
    const { created, refused, notMade } = await hubspot.createTasks(tasks);
    await store.deliveries.recordCreated(created, now());
    await store.deliveries.recordRefused(refused, now());
    const later = keysOf(tasks.filter(({ key }) => notMade.includes(key)));
    await store.deliveries.recordNotSent(later, now());
    return { refused, unclear: later.map(({ companyId }) => companyId) };
  } catch (error) {
    // Whatever else is thrown, some of them may be there: an adapter sends many tasks in several calls. The wait until
    // not found means not there begins at the end of the last.
    if (error instanceof HubSpotClosed) await store.deliveries.recordNotSent(keysOf(tasks), now());
    else {
      const keys = tasks.map(({ key }) => key);
      await store.deliveries.recordUnclear(keys, now());
    }
    throw error;
  }
}

function keysOf(tasks: readonly NewTask[]): { key: string; companyId: string }[] {
  return tasks.map(({ key, companyId }) => ({ key, companyId }));
}
