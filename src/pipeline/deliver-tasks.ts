import { closeTasks, updateTasks } from "./change-tasks.ts";
import type { DeliveryOutcome } from "./deliver.ts";
import type { Delivery, OutboxTask, TaskState } from "./delivery-store-port.ts";
import type { Refusal } from "./hubspot-port.ts";
import type { PipelineContext } from "./pipeline-context.ts";

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
  const refusedTasks = await createTasks(context, [...inState("planned"), ...missing]);
  const refusedUpdates = await updateTasks(context, inState("updating"));
  const refusedClosings = await closeTasks(context, inState("closing"));
  return { refused: [...refusedTasks, ...refusedUpdates, ...refusedClosings], unclear };
}

/** Finds out about tasks that were being sent when something broke. */
async function resolveSending(
  { hubspot, store, now }: PipelineContext,
  sending: readonly OutboxTask[],
): Promise<{ missing: OutboxTask[]; unclear: string[] }> {
  if (sending.length === 0) return { missing: [], unclear: [] };
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
  const isCertain = ({ sentAt }: OutboxTask) => readAt - (sentAt?.getTime() ?? 0) >= CERTAIN_AFTER_MS;
  await store.deliveries.recordNotSent(
    rest.filter(isCertain).map(({ task }) => task.key),
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

async function createTasks(
  { hubspot, store, now }: PipelineContext,
  planned: readonly OutboxTask[],
): Promise<Refusal[]> {
  if (planned.length === 0) return [];
  const tasks = await store.deliveries.recordSending(
    planned.map(({ task }) => task.key),
    now(),
  );
  if (tasks.length === 0) return [];
  try {
    const { created, refused } = await hubspot.createTasks(tasks);
    await store.deliveries.recordCreated(created, now());
    await store.deliveries.recordRefused(refused, now());
    return refused;
  } catch (error) {
    // Whatever is thrown, some of them may be there: an adapter sends many tasks in several calls. The wait until not
    // found means not there begins at the end of the last.
    const keys = tasks.map(({ key }) => key);
    await store.deliveries.recordUnclear(keys, now());
    throw error;
  }
}
