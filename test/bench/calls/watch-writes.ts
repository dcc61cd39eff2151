import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";

/** What the app under measurement has written to the portal since it was last forgotten, told by the portal itself. */
export type WriteWatch = {
  readonly companies: number;
  readonly tasksMade: number;
  readonly tasksChanged: number;
  forget: () => void;
};

export function watchWrites({ portal, appId }: Pick<Sandbox, "portal" | "appId">): WriteWatch {
  const companies = new Set<string>();
  const tasksMade = new Set<string>();
  const tasksChanged = new Set<string>();
  portal.listen((change) => {
    if (change.kind !== "creation" && change.kind !== "propertyChange") return;
    const { record, author } = change;
    if (author.sourceId !== String(appId)) return;
    if (record.type.singular === "company") companies.add(record.id);
    if (record.type.singular === "task") (change.kind === "creation" ? tasksMade : tasksChanged).add(record.id);
  });
  return {
    get companies() {
      return companies.size;
    },
    get tasksMade() {
      return tasksMade.size;
    },
    get tasksChanged() {
      return tasksChanged.size;
    },
    forget: () => {
      for (const ids of [companies, tasksMade, tasksChanged]) ids.clear();
    },
  };
}
