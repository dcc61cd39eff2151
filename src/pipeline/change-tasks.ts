import type { DeliveryOutcome } from "./deliver.ts";
import type { OutboxTask } from "./delivery-store-port.ts";
import { seenState } from "./follow-tasks.ts";
import type { FoundTask, UpdateOutcome } from "./hubspot-port.ts";
import type { PipelineContext } from "./pipeline-context.ts";

/** What HubSpot did not do, by company. */
type LeftOver = Pick<DeliveryOutcome, "refused" | "later">;
type OurTask = OutboxTask & { taskId: string; found: FoundTask };
const NOTHING: LeftOver = { refused: [], later: [] };

/**
 * Writes tasks anew that are still as we wrote them; one that a person has touched stays theirs. An update whose answer
 * is lost is made again.
 */
export async function updateTasks(context: PipelineContext, updating: readonly OutboxTask[]): Promise<LeftOver> {
  const ours = await findOurs(context, updating);
  if (ours.length === 0) return NOTHING;
  const { hubspot, store, now } = context;
  const idByKey = new Map(ours.map(({ taskId, task }) => [task.key, taskId]));
  const wanted = await store.deliveries.recordUpdating([...idByKey.keys()], now());
  if (wanted.length === 0) return NOTHING;
  const outcome = await hubspot.updateTasks(wanted.map((task) => ({ taskId: idByKey.get(task.key) ?? "", task })));
  await store.deliveries.recordUpdated(keysOf(ours, outcome), now());
  return leftOverOf(ours, outcome);
}

/** Closes tasks that are still as we wrote them, with the reason; one that a person has touched stays theirs. */
export async function closeTasks(context: PipelineContext, closing: readonly OutboxTask[]): Promise<LeftOver> {
  const ours = await findOurs(context, closing);
  if (ours.length === 0) return NOTHING;
  const { hubspot, store, now } = context;
  const outcome = await hubspot.closeTasks(
    ours.map(({ taskId, found, closingReason }) => ({
      taskId,
      body: [found.body, closingReason].filter((line) => line !== null).join("\n\n"),
    })),
  );
  await store.deliveries.recordClosed(keysOf(ours, outcome), now());
  return leftOverOf(ours, outcome);
}

/** Looks at tasks, keeps what became of them, and gives those that are as we wrote them. */
async function findOurs({ hubspot, store, now }: PipelineContext, tasks: readonly OutboxTask[]): Promise<OurTask[]> {
  if (tasks.length === 0) return [];
  const { found } = await hubspot.readTasks(tasks.flatMap(({ taskId }) => taskId ?? []));
  const byId = new Map(found.map((task) => [task.taskId, task]));
  const looked = tasks.map((task) => {
    const seen = byId.get(task.taskId ?? "");
    return { task, seen, state: seenState(task, seen) };
  });
  await store.deliveries.recordSeen(
    looked.map(({ task, state }) => ({ key: task.task.key, state })),
    now(),
  );
  return looked.flatMap(({ task, seen, state }) =>
    seen && state === "open" ? [{ ...task, taskId: seen.taskId, found: seen }] : [],
  );
}

function keysOf(ours: readonly OurTask[], outcome: UpdateOutcome): string[] {
  const updated = new Set(outcome.updated);
  return ours.filter(({ taskId }) => updated.has(taskId)).map(({ task }) => task.key);
}

/** By the companies whose work the tasks are. */
function leftOverOf(ours: readonly OurTask[], { refused, later }: UpdateOutcome): LeftOver {
  const companies = new Map(ours.map(({ taskId, task }) => [taskId, task.companyId]));
  const companyOf = (taskId: string) => companies.get(taskId) ?? taskId;
  return {
    refused: refused.map((refusal) => ({ ...refusal, id: companyOf(refusal.id) })),
    later: later.map(companyOf),
  };
}
