import type { OutboxTask } from "./delivery-store-port.ts";
import type { FoundTask, NewTask } from "./hubspot-port.ts";
import type { PipelineContext } from "./pipeline-context.ts";

const PAGE = 100;

/** Looks what became of those of these tasks that are ours and not ended, and keeps it; others are not even read. */
export async function followTasks({ hubspot, store, now }: PipelineContext, taskIds: readonly string[]): Promise<void> {
  if (taskIds.length === 0) return;
  await lookAt({ hubspot, store, now }, await store.deliveries.standing({ taskIds }));
}

/** Looks at every task of ours that is not ended: the nightly net under the webhooks. */
export async function followAllTasks({ hubspot, store, now }: PipelineContext): Promise<void> {
  for (let afterKey = ""; ;) {
    const tasks = await store.deliveries.standing({ afterKey, limit: PAGE });
    const last = tasks.at(-1);
    if (!last) return;
    await lookAt({ hubspot, store, now }, tasks);
    afterKey = last.task.key;
  }
}

/**
 * What a task of ours is now: `open` while it is as we wrote it (or may have written it: an update may have come), `taken` once a person has touched it, `done` when it
 * is completed or gone.
 */
export function seenState({ task, sent }: OutboxTask, found: FoundTask | undefined): "open" | "taken" | "done" {
  if (!found || found.status === "COMPLETED") return "done";
  // What was sent was not always kept.
  const ours = sent.length > 0 ? sent : [task];
  return found.status === "NOT_STARTED" && ours.some((text) => isAs(text, found)) ? "open" : "taken";
}

function isAs({ subject, body, ownerId, dueAt }: NewTask, found: FoundTask): boolean {
  return (
    found.subject === subject &&
    found.body === body &&
    found.ownerId === ownerId &&
    found.dueAt?.getTime() === dueAt.getTime()
  );
}

async function lookAt(
  { hubspot, store, now }: Pick<PipelineContext, "hubspot" | "store" | "now">,
  tasks: readonly OutboxTask[],
): Promise<void> {
  const ids = tasks.flatMap(({ taskId }) => taskId ?? []);
  if (ids.length === 0) return;
  const { found } = await hubspot.readTasks(ids);
  const byId = new Map(found.map((task) => [task.taskId, task]));
  const seen = tasks.map((task) => ({ key: task.task.key, state: seenState(task, byId.get(task.taskId ?? "")) }));
  await store.deliveries.recordSeen(seen, now());
}
