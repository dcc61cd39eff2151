import type {
  FoundTask,
  History,
  Linked,
  NewProperty,
  NewTask,
  PortalRecord,
  Properties,
  RecordType,
} from "../../src/pipeline/hubspot-port.ts";

type RecordEnd = { type: RecordType; id: string };
type Link = { from: RecordEnd; to: RecordEnd; primary: boolean };
type FakeTask = FoundTask & { companyId: string };

/** What a portal holds, in memory: records, links that are seen from both ends, and tasks. */
export function createFakePortal(now: () => Date) {
  const records = new Map<string, PortalRecord & { type: RecordType }>();
  const tasks = new Map<string, FakeTask>();
  const merged = new Map<string, string>();
  const properties = new Map<RecordType, Map<string, NewProperty>>();
  const pasts = new Map<string, History[string]>();
  const calculated = new Map<RecordType, Set<string>>();
  let links: Link[] = [];
  let lastTaskId = 9_000;

  const keyOf = ({ type, id }: RecordEnd) => `${type}:${id}`;
  const isEnd = (end: RecordEnd, type: RecordType, id: string) => end.type === type && end.id === id;

  return {
    tasks,
    /** The properties that were made of a type, by name; those that the tests put on records need no definition. */
    propertiesOf(type: RecordType): Map<string, NewProperty> {
      const ofType = properties.get(type) ?? new Map<string, NewProperty>();
      properties.set(type, ofType);
      return ofType;
    },
    /** The names of those that HubSpot works out: a search does not show them. */
    calculatedOf(type: RecordType): ReadonlySet<string> {
      return calculated.get(type) ?? new Set();
    },
    /** Defines a property that HubSpot works out. */
    calculate(type: RecordType, name: string): void {
      const definition = {
        name,
        label: name,
        description: "",
        groupName: "x",
        type: "number",
        fieldType: "number",
      } as const;
      this.propertiesOf(type).set(name, definition);
      calculated.set(type, new Set([...this.calculatedOf(type), name]));
    },
    /** Makes a record, or sets some of its properties; its links to companies and contacts are replaced where given. */
    put(
      type: RecordType,
      id: string,
      properties: Properties,
      linksTo?: readonly (RecordEnd & { primary?: boolean })[],
    ): void {
      const before = records.get(keyOf({ type, id }));
      for (const [name, given] of Object.entries(properties)) {
        const value = given === "" ? null : given;
        const past = pasts.get(`${keyOf({ type, id })} ${name}`) ?? [];
        if (value !== (past.at(-1)?.value ?? null)) past.push({ at: now(), value });
        pasts.set(`${keyOf({ type, id })} ${name}`, past);
      }
      records.set(keyOf({ type, id }), {
        type,
        id,
        properties: { ...before?.properties, ...properties },
        modifiedAt: now(),
        mergedIds: before?.mergedIds ?? [],
      });
      if (linksTo) this.link(type, id, linksTo);
    },
    /** Sets properties without moving the date, as HubSpot does with those that it works out. */
    drift(type: RecordType, id: string, properties: Properties): void {
      const record = records.get(keyOf({ type, id }));
      if (!record) throw new Error(`The fake portal has no ${type} ${id}`);
      records.set(keyOf({ type, id }), { ...record, properties: { ...record.properties, ...properties } });
    },
    /** Links a record to others anew, which moves no date. */
    link(type: RecordType, id: string, linksTo: readonly (RecordEnd & { primary?: boolean })[]): void {
      links = links.filter(({ from }) => !isEnd(from, type, id));
      links.push(...linksTo.map(({ primary = false, ...to }) => ({ from: { type, id }, to, primary })));
    },
    remove(type: RecordType, id: string): void {
      records.delete(keyOf({ type, id }));
      links = links.filter(({ from, to }) => !isEnd(from, type, id) && !isEnd(to, type, id));
    },
    /** One company goes into another: its links do too, and its id shows the other from now on. */
    merge(id: string, into: string): void {
      merged.set(id, into);
      records.delete(keyOf({ type: "company", id }));
      const survivor = records.get(keyOf({ type: "company", id: into }));
      if (survivor) survivor.mergedIds = [...survivor.mergedIds, id];
      links = links.map((link) => (isEnd(link.to, "company", id) ? { ...link, to: { ...link.to, id: into } } : link));
    },
    find(type: RecordType, id: string): PortalRecord | undefined {
      return records.get(keyOf({ type, id: type === "company" ? (merged.get(id) ?? id) : id }));
    },
    all(type: RecordType): PortalRecord[] {
      return [...records.values()].filter((record) => record.type === type);
    },
    pastOf(type: RecordType, id: string, property: string): History[string] {
      return [...(pasts.get(`${keyOf({ type, id })} ${property}`) ?? [])];
    },
    linksOf(from: RecordType, id: string, to: RecordType): Linked[] {
      return links.flatMap((link) => {
        if (isEnd(link.from, from, id) && link.to.type === to) return [{ toId: link.to.id, primary: link.primary }];
        if (isEnd(link.to, from, id) && link.from.type === to) return [{ toId: link.from.id, primary: link.primary }];
        return [];
      });
    },
    addTask({ key, companyId, subject, body, ownerId, dueAt }: NewTask): string {
      lastTaskId += 1;
      const taskId = String(lastTaskId);
      const status = "NOT_STARTED";
      tasks.set(taskId, { taskId, companyId, key, status, subject, body, ownerId, dueAt });
      return taskId;
    },
    changeTask(taskId: string, change: Partial<FoundTask>): void {
      const task = tasks.get(taskId);
      if (!task) throw new Error(`The fake portal has no task ${taskId}`);
      tasks.set(taskId, { ...task, ...change });
    },
  };
}

export type FakePortal = ReturnType<typeof createFakePortal>;
