import { closeTasks, updateTasks } from "./change-tasks.ts";
import type { DeliveryOutcome } from "./deliver.ts";
import type { Delivery, OutboxTask, TaskState } from "./delivery-store-port.ts";
import { HubSpotError, HubSpotClosed, HubSpotUnavailable } from "./hubspot-errors.ts";
import type { NewTask } from "./hubspot-port.ts";
import { refreshKey, type PipelineContext } from "./pipeline-context.ts";
import type { WorkHint } from "./store-port.ts";

type LeftOver = Partial<DeliveryOutcome>;

/**
 * How long until not found means not there, since it was last kept that a call is under way. Longer than the adapter's
 * longest call (20 s) and the time between two such stamps: should we be killed during it, HubSpot may still be making
 * the task when another of us looks; and what is made is shown on its company only a moment later.
 */
const CERTAIN_AFTER_MS = 60_000;
/** A call may wait long for its turn before it is sent, so that one stamp at its beginning would grow old. */
const STAMP_MS = 10_000;
/** HubSpot makes so many in one call: what became of them is kept before the next are sent. */
const TASKS_A_CALL = 100;

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
  const planned = [...inState("planned"), ...missing];
  const done: LeftOver[] = [];
  for (let index = 0; index < planned.length; index += TASKS_A_CALL) {
    done.push(await createTasks(context, planned.slice(index, index + TASKS_A_CALL)));
  }
  done.push(await updateTasks(context, inState("updating")));
  done.push(await closeTasks(context, inState("closing")));
  return {
    refused: done.flatMap(({ refused }) => refused ?? []),
    unclear: [...unclear, ...done.flatMap((one) => one.unclear ?? [])],
    later: done.flatMap(({ later }) => later ?? []),
  };
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

async function createTasks(context: PipelineContext, planned: readonly OutboxTask[]): Promise<LeftOver> {
  const { hubspot, store, now } = context;
  const tasks = await store.deliveries.recordSending(
    planned.map(({ task }) => task.key),
    now(),
  );
  if (tasks.length === 0) return {};
  const keys = tasks.map(({ key }) => key);
  try {
    const made = await stamping(context, keys, () => hubspot.createTasks(tasks));
    await store.deliveries.recordCreated(made.created, now());
    await store.deliveries.recordRefused(made.refused, now());
    const notMade = tasks.filter(({ key }) => made.notMade.includes(key));
    await store.deliveries.recordNotSent(keysOf(notMade), now());
    await store.deliveries.recordUnclear(made.unclear, now());
    const unclear = tasks.filter(({ key }) => made.unclear.includes(key));
    return { refused: made.refused, unclear: [...notMade, ...unclear].map(({ companyId }) => companyId) };
  } catch (error) {
    if (isNothingMade(error)) await store.deliveries.recordNotSent(keysOf(tasks), now());
    else await store.deliveries.recordUnclear(keys, now());
    throw error;
  }
}

/** Keeps that tasks are on their way for as long as a call with them is under way. */
async function stamping<T>({ store, log, now }: PipelineContext, keys: string[], call: () => Promise<T>): Promise<T> {
  const stamps = setInterval(() => {
    store.deliveries.recordUnclear(keys, now()).catch((error: unknown) => log.warn({ error }, "sending not kept"));
  }, STAMP_MS);
  try {
    return await call();
  } finally {
    clearInterval(stamps);
  }
}

/** Of a call that was not sent, or that HubSpot answered with a no. */
function isNothingMade(error: unknown): boolean {
  return error instanceof HubSpotError && (error instanceof HubSpotClosed || !(error instanceof HubSpotUnavailable));
}

function keysOf(tasks: readonly NewTask[]): { key: string; companyId: string }[] {
  return tasks.map(({ key, companyId }) => ({ key, companyId }));
}
