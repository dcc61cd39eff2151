import { HubSpotForbidden, HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import type { HubSpotPort, Owner, PortalRecord, RecordType } from "../../src/pipeline/hubspot-port.ts";
import { createFakePortal, type FakePortal } from "./fake-portal.ts";

const PAGE = 3;

export type FakeHubSpot = {
  port: HubSpotPort;
  portal: FakePortal;
  owners: Owner[];
  /** The names of the methods that were called, in order. */
  calls: string[];
  /** The next call of a method fails; `after` it has done what was asked, as when only the answer is lost. */
  failNext(method: keyof HubSpotPort, error: Error, when?: "before" | "after"): void;
  /** From now on HubSpot refuses what is to be written on this company, or made or closed for a task with this id. */
  refuse(id: string): void;
  /** From now on the token may not read this type; or again, after `allow`. */
  forbid(type: RecordType): void;
  allow(type: RecordType): void;
};

/** No answer came, so that nobody knows whether HubSpot did what was asked. */
export function lostAnswer(): HubSpotUnavailable {
  return unavailable(null);
}

export function unavailable(status: number | null): HubSpotUnavailable {
  return new HubSpotUnavailable(`answered ${status}`, {
    call: "POST /fake",
    correlationId: null,
    status,
    retryAfterMs: 0,
  });
}

/** A portal in memory behind the port: it keeps what its docstrings promise, and fails when it is told to. */
export function createFakeHubSpot(now: () => Date): FakeHubSpot {
  const portal = createFakePortal(now);
  const owners: Owner[] = [{ id: "7", email: "kari@example.com", name: "Kari", archived: false }];
  const calls: string[] = [];
  const refused = new Set<string>();
  const forbidden = new Set<RecordType>();
  const failures: { method: string; error: Error; when: "before" | "after" }[] = [];

  async function call<Answer>(
    method: keyof HubSpotPort,
    types: readonly RecordType[],
    act: () => Answer,
  ): Promise<Answer> {
    calls.push(method);
    await Promise.resolve();
    const index = failures.findIndex((failure) => failure.method === method);
    const [failure] = index === -1 ? [] : failures.splice(index, 1);
    if (failure?.when === "before") throw failure.error;
    const type = types.find((name) => forbidden.has(name));
    if (type) {
      const requiredScopes = [`crm.objects.${type}s.read`];
      throw new HubSpotForbidden(`may not read ${type}`, { call: `GET /${type}`, correlationId: null, requiredScopes });
    }
    const answer = act();
    if (failure) throw failure.error;
    return answer;
  }

  // HubSpot gives some properties unasked.
  const picked = (record: PortalRecord, names: readonly string[]): PortalRecord => ({
    ...record,
    properties: {
      ...Object.fromEntries(names.map((name) => [name, record.properties[name] ?? null])),
      hs_lastmodifieddate: record.modifiedAt.toISOString(),
    },
  });
  const refusal = (id: string, message: string) => ({ id, message, correlationId: `c-${id}` });

  const port: HubSpotPort = {
    readAccount: () => call("readAccount", [], () => ({ portalId: "1" })),
    readOwners: () => call("readOwners", [], () => [...owners]),
    readTicketStages: () =>
      call("readTicketStages", [], () => [
        { pipelineId: "0", stageId: "1", closed: false },
        { pipelineId: "0", stageId: "4", closed: true },
      ]),
    readPropertyDefinitions: (type) =>
      call("readPropertyDefinitions", [type], () =>
        [...portal.propertiesOf(type).values()].map(({ name, type: valueType, options = [] }) => ({
          name,
          type: valueType,
          archived: false,
          options: options.map(({ value }) => value),
        })),
      ),
    ensurePropertyGroup: (type) => call("ensurePropertyGroup", [type], () => undefined),
    createProperties: (type, definitions) =>
      call("createProperties", [type], () => {
        const standing = portal.propertiesOf(type);
        for (const definition of definitions) {
          if (!standing.has(definition.name)) standing.set(definition.name, definition);
        }
      }),
    addOptions: (type, name, added) =>
      call("addOptions", [type], () => {
        const standing = portal.propertiesOf(type).get(name);
        if (!standing) throw new Error(`The fake portal has no property ${name}`);
        const before = standing.options ?? [];
        const fresh = added.filter(({ value }) => !before.some((option) => option.value === value));
        portal.propertiesOf(type).set(name, { ...standing, options: [...before, ...fresh] });
      }),

    listRecords: ({ type, properties, linksTo, after = "0" }) =>
      call("listRecords", [type, ...linksTo], () => {
        const start = Number(after);
        const all = portal.all(type).toSorted((a, b) => Number(a.id) - Number(b.id));
        const records = all.slice(start, start + PAGE).map((record) => ({
          ...picked(record, properties),
          links: linksTo.flatMap((toType) =>
            portal.linksOf(type, record.id, toType).map((link) => ({ toType, ...link })),
          ),
        }));
        return { records, ...(start + PAGE < all.length ? { after: String(start + PAGE) } : {}) };
      }),
    countRecords: (type) => call("countRecords", [type], () => portal.all(type).length),
    searchModified: ({ type, since, after = "0" }) =>
      call("searchModified", [type], () => {
        const start = Number(after);
        const all = portal.all(type).filter(({ modifiedAt }) => modifiedAt >= since);
        const inOrder = all.toSorted((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime());
        const modified = inOrder.slice(start, start + PAGE).map(({ id, modifiedAt }) => ({ id, modifiedAt }));
        return { modified, ...(start + PAGE < all.length ? { after: String(start + PAGE) } : {}) };
      }),
    readRecords: (type, ids, properties) =>
      call("readRecords", [type], () => {
        const found = new Map(ids.flatMap((id) => portal.find(type, id) ?? []).map((record) => [record.id, record]));
        return {
          found: [...found.values()].map((record) => picked(record, properties)),
          missing: [...new Set(ids)].filter((id) => !found.has(id)),
        };
      }),
    readHistory: (type, ids, properties) =>
      call("readHistory", [type], () => {
        const found = new Set(ids.flatMap((id) => portal.find(type, id)?.id ?? []));
        return new Map(
          [...found].map((id) => [
            id,
            Object.fromEntries(properties.map((property) => [property, portal.pastOf(type, id, property)])),
          ]),
        );
      }),
    readLinks: (from, to, ids) =>
      call("readLinks", [from, to], () => {
        const links = new Map(ids.map((id) => [id, portal.linksOf(from, id, to)]));
        return new Map([...links].filter(([, linked]) => linked.length > 0));
      }),

    updateCompanies: (updates) =>
      call("updateCompanies", [], () => {
        const takes = ({ id }: { id: string }) => !refused.has(id) && portal.find("company", id) !== undefined;
        for (const { id, properties } of updates.filter(takes)) portal.put("company", id, properties);
        return {
          updated: updates.filter(takes).map(({ id }) => id),
          refused: updates.filter((update) => !takes(update)).map(({ id }) => refusal(id, "VALIDATION_ERROR")),
        };
      }),

    createTasks: (tasks) =>
      call("createTasks", [], () => {
        const takes = ({ companyId }: { companyId: string }) => !refused.has(`task of ${companyId}`);
        return {
          created: tasks.filter(takes).map((task) => ({ key: task.key, taskId: portal.addTask(task) })),
          refused: tasks
            .filter((task) => !takes(task))
            .map(({ key, companyId }) => ({ key, ...refusal(companyId, "INVALID_OWNER") })),
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
        };
      }),
    closeTasks: (closings) =>
      call("closeTasks", [], () => {
        const takes = ({ taskId }: { taskId: string }) => portal.tasks.has(taskId) && !refused.has(taskId);
        for (const { taskId, body } of closings.filter(takes)) portal.changeTask(taskId, { status: "COMPLETED", body });
        return {
          updated: closings.filter(takes).map(({ taskId }) => taskId),
          refused: closings.filter((closing) => !takes(closing)).map(({ taskId }) => refusal(taskId, "NOT_FOUND")),
        };
      }),
  };

  return {
    port,
    portal,
    owners,
    calls,
    failNext: (method, error, when = "before") => failures.push({ method, error, when }),
    refuse: (id) => refused.add(id),
    forbid: (type) => forbidden.add(type),
    allow: (type) => forbidden.delete(type),
  };
}
