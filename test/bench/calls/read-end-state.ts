import { type ObjectType, objectTypes } from "../../../src/sandbox/portal/object-types.ts";
import type { PortalRecord } from "../../../src/sandbox/portal/record-store.ts";
import type { Sandbox } from "../../../src/sandbox/start-sandbox.ts";

/** All that this product has written to a portal, by company. */
export type EndState = {
  tasks: number;
  ofCompanies: ReadonlyMap<string, string>;
  /** Tasks with a key that another task has too. */
  doubledTasks: number;
  /** The companies that are not the same, each told with both its states. */
  differingFrom(other: EndState): string[];
};

const { company, task } = objectTypes;
const OURS = /^chs_/;
/** Of an instant only the day counts: what failed is done again a moment later. */
const TIME_OF_DAY = /(\d{4}-\d{2}-\d{2})T[\d:.]+Z/g;
const TASK_VALUES = [
  "hs_task_subject",
  "hs_task_body",
  "hs_task_status",
  "hs_task_priority",
  "hs_task_type",
  "hs_timestamp",
  "hubspot_owner_id",
];

export function readEndState({ portal }: Pick<Sandbox, "portal">): EndState {
  const live = (type: ObjectType) => [...portal.records.live(type)];
  const tasksOf = (record: PortalRecord) =>
    [...portal.links.of(record, task).keys()].flatMap((id) => portal.records.findLive(task, id) ?? []);
  const describe = (record: PortalRecord) => {
    const values = Object.entries(record.properties).filter(([name]) => OURS.test(name));
    const tasks = tasksOf(record).map(({ properties }) => TASK_VALUES.map((name) => properties[name] ?? ""));
    return JSON.stringify({ values: values.sort(), tasks: tasks.sort() }).replaceAll(TIME_OF_DAY, "$1");
  };
  const tasks = live(task);
  const keys = tasks.map(({ properties }) => properties["chs_key"] ?? "");
  const ofCompanies = new Map(live(company).map((record) => [record.id, describe(record)]));
  return {
    tasks: tasks.length,
    ofCompanies,
    doubledTasks: keys.length - new Set(keys).size,
    differingFrom: (other) =>
      [...ofCompanies]
        .filter(([id, state]) => other.ofCompanies.get(id) !== state)
        .map(([id, state]) => `${id}: ${state} beside ${String(other.ofCompanies.get(id))}`),
  };
}
