import { seenState } from "./follow-tasks.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import type { DeliveryOutcome } from "./deliver.ts";
import type { Refusal } from "./hubspot-port.ts";
import type { Delivery, OutboxTask, TaskState } from "./store-port.ts";

/**
 * How long until not found means not there. Longer than the adapter's longest call (20 s, after 15 s of waiting for its
 * turn at the most): should we be killed during it, HubSpot may still be making the task when another of us looks; and
 * what is made is shown on its company only a moment later.
 */
const CERTAIN_AFTER_MS = 60_000;

/**
 * Makes planned tasks and closes those whose cause is gone. A task's key is kept as `sending` before HubSpot is asked,
 * and stays so when the answer never came, or we died before it did: then the company's tasks are read, and only one
 * that is not there is asked for again. One that HubSpot refuses is planned again, until its company's work is given up.
 */
export async function deliverTasks(
  context: PipelineContext,
  deliveries: readonly Delivery[],
): Promise<DeliveryOutcome> {
  const inState = (state: TaskState) => deliveries.flatMap(({ tasks }) => tasks.filter((task) => task.state === state));
  const { missing, unclear } = await resolveSending(context, inState("sending"));
  const refusedTasks = await createTasks(context, [...inState("planned"), ...missing]);
  const refusedClosings = await closeTasks(context, inState("closing"));
  return { refused: [...refusedTasks, ...refusedClosings], unclear };
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
  await store.deliveries.recordCreated(created, now());
  const rest = sending.filter(({ task }) => !idByKey.has(task.key));
  const isCertain = ({ sentAt }: OutboxTask) => readAt - (sentAt?.getTime() ?? 0) >= CERTAIN_AFTER_MS;
  await store.deliveries.recordNotSent(
    rest.filter(isCertain).map(({ task }) => task.key),
    now(),
  );
  return {
    missing: rest.filter((task) => isCertain(task) && task.closingReason === null),
    // Those that were found and are to be closed come round again too.
    unclear: sending
      .filter((task) => (idByKey.has(task.task.key) ? task.closingReason !== null : !isCertain(task)))
      .map(({ task }) => task.companyId),
  };
}

async function createTasks(
  { hubspot, store, now }: PipelineContext,
  planned: readonly OutboxTask[],
): Promise<Refusal[]> {
  if (planned.length === 0) return [];
  const keys = await store.deliveries.recordSending(
    planned.map(({ task }) => task.key),
    now(),
  );
  if (keys.length === 0) return [];
  const isSending = new Set(keys);
  const tasks = planned.flatMap(({ task }) => (isSending.has(task.key) ? [task] : []));
  try {
    const { created, refused } = await hubspot.createTasks(tasks);
    await store.deliveries.recordCreated(created, now());
    await store.deliveries.recordRefused(refused, now());
    return refused;
  } catch (error) {
    // Whatever is thrown, some of them may be there: an adapter sends many tasks in several calls. The wait until not
    // found means not there begins at the end of the last.
    await store.deliveries.recordUnclear(keys, now());
    throw error;
  }
}

/** Closes tasks that are still as we wrote them; one that a person has touched stays theirs. */
async function closeTasks(
  { hubspot, store, now }: PipelineContext,
  closing: readonly OutboxTask[],
): Promise<Refusal[]> {
  if (closing.length === 0) return [];
  const { found } = await hubspot.readTasks(closing.flatMap(({ taskId }) => taskId ?? []));
  const byId = new Map(found.map((task) => [task.taskId, task]));
  const looked = closing.map((task) => ({ task, state: seenState(task, byId.get(task.taskId ?? "")) }));
  await store.deliveries.recordSeen(
    looked.map(({ task, state }) => ({ key: task.task.key, state })),
    now(),
  );
  const ours = looked.flatMap(({ task, state }) => (state === "open" ? [task] : []));
  const outcome = await hubspot.closeTasks(
    ours.map(({ taskId, task, closingReason }) => ({
      taskId: taskId ?? "",
      body: [task.body, closingReason].filter((line) => line !== null).join("\n\n"),
    })),
  );
  const updated = new Set(outcome.updated);
  const closed = ours.filter(({ taskId }) => updated.has(taskId ?? "")).map(({ task }) => task.key);
  await store.deliveries.recordClosed(closed, now());
  const companyOf = new Map(ours.map(({ taskId, task }) => [taskId, task.companyId]));
  return outcome.refused.map((refusal) => ({ ...refusal, id: companyOf.get(refusal.id) ?? refusal.id }));
}
