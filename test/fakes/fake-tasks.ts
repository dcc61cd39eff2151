import type { HubSpotPort, Refusal } from "../../src/pipeline/hubspot-port.ts";
import type { FakePortal } from "./fake-portal.ts";

type FakeTasks = Pick<HubSpotPort, "createTasks" | "findTasks" | "readTasks" | "updateTasks" | "closeTasks">;
type Call = <Answer>(method: keyof HubSpotPort, types: readonly [], act: () => Answer) => Promise<Answer>;

export function refusal(id: string, message: string): Refusal {
  return { id, message, correlationId: `c-${id}` };
}

/** The tasks of a portal in memory; those in `refused`, and those of `task of 10`, are not taken. */
export function createFakeTasks(portal: FakePortal, refused: ReadonlySet<string>, call: Call): FakeTasks {
  return {
    createTasks: (tasks) =>
      call("createTasks", [], () => {
        const takes = ({ companyId }: { companyId: string }) => !refused.has(`task of ${companyId}`);
        return {
          created: tasks.filter(takes).map((task) => ({ key: task.key, taskId: portal.addTask(task) })),
          refused: tasks
            .filter((task) => !takes(task))
            .map(({ key, companyId }) => ({ key, ...refusal(companyId, "INVALID_OWNER") })),
          notMade: [],
          unclear: [],
        };
      }),
    findTasks: (companyIds) =>
      call("findTasks", [], () =>
        [...portal.tasks.values()].filter(({ key, companyId }) => key !== null && companyIds.includes(companyId)),
      ),
    readTasks: (ids) =>
      call("readTasks", [], () => ({
        found: [...new Set(ids)].flatMap((id) => portal.tasks.get(id) ?? []),
        missing: [...new Set(ids)].filter((id) => !portal.tasks.has(id)),
      })),
    updateTasks: (updates) =>
      call("updateTasks", [], () => {
        const takes = ({ taskId }: { taskId: string }) => portal.tasks.has(taskId) && !refused.has(taskId);
        for (const { taskId, task } of updates.filter(takes)) {
          const { subject, body, ownerId, dueAt } = task;
          portal.changeTask(taskId, { subject, body, ownerId, dueAt });
        }
        return {
          updated: updates.filter(takes).map(({ taskId }) => taskId),
          refused: updates.filter((update) => !takes(update)).map(({ taskId }) => refusal(taskId, "NOT_FOUND")),
          later: [],
        };
      }),
    closeTasks: (closings) =>
      call("closeTasks", [], () => {
        const takes = ({ taskId }: { taskId: string }) => portal.tasks.has(taskId) && !refused.has(taskId);
        for (const { taskId, body } of closings.filter(takes)) portal.changeTask(taskId, { status: "COMPLETED", body });
        return {
          updated: closings.filter(takes).map(({ taskId }) => taskId),
          refused: closings.filter((closing) => !takes(closing)).map(({ taskId }) => refusal(taskId, "NOT_FOUND")),
          later: [],
        };
      }),
  };
}
