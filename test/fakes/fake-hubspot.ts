import { HubSpotForbidden, HubSpotUnavailable } from "../../src/pipeline/hubspot-errors.ts";
import type { HubSpotPort, Owner, PortalRecord, RecordType } from "../../src/pipeline/hubspot-port.ts";
import { createFakePortal, type FakePortal } from "./fake-portal.ts";
import { createFakeTasks, refusal } from "./fake-tasks.ts";
import { searchPortal } from "./search-portal.ts";

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
  /** From now on HubSpot will not search this type; or again, after `searchAgain`. */
  refuseSearch(type: RecordType, error: Error): void;
  searchAgain(type: RecordType): void;
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

/** As the adapter's, a search's cursor is none of a list. */
function encodeCursor(start: number): string {
  return Buffer.from(JSON.stringify(start)).toString("base64url");
}

function decodeCursor(after: string): number {
  return Number(JSON.parse(Buffer.from(after, "base64url").toString()));
}

/** A portal in memory behind the port: it keeps what its docstrings promise, and fails when it is told to. */
export function createFakeHubSpot(now: () => Date): FakeHubSpot {
  const portal = createFakePortal(now);
  const owners: Owner[] = [{ id: "7", email: "kari@example.com", name: "Kari", archived: false }];
  const calls: string[] = [];
  const refused = new Set<string>();
  const forbidden = new Set<RecordType>();
  const unsearchable = new Map<RecordType, Error>();
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

  const port: HubSpotPort = {
    atPriority: () => port,
    readAccount: () => call("readAccount", [], () => ({ portalId: "1", timeZone: "Europe/Oslo", currency: "NOK" })),
    readToken: () => call("readToken", [], () => ({ portalId: "1", appId: "1", scopes: [] })),
    readUsage: () => call("readUsage", [], () => ({ limit: 650_000, used: 0, resetsAt: new Date(0) })),
    readOwners: (only) => call("readOwners", [], () => owners.filter(({ archived }) => only !== "active" || !archived)),
    readTicketStages: () =>
      call("readTicketStages", ["ticket"], () => [
        { pipelineId: "0", stageId: "1", closed: false },
        { pipelineId: "0", stageId: "4", closed: true },
      ]),
    readPropertyDefinitions: (type) =>
      call("readPropertyDefinitions", [type], () =>
        [...portal.propertiesOf(type).values()].map(({ name, type: valueType, fieldType, options = [] }) => ({
          name,
          type: valueType,
          fieldType,
          calculated: portal.calculatedOf(type).has(name),
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
    countRecords: (type, filters = []) =>
      call("countRecords", [type], () => {
        if (unsearchable.has(type)) return null;
        const found = searchPortal(portal, type, { filters });
        const latest = Math.max(...found.map(({ modifiedAt }) => modifiedAt.getTime()));
        return { total: found.length, latest: found.length === 0 ? null : new Date(latest) };
      }),
    searchRecords: ({ type, properties, where, after }) =>
      call("searchRecords", [type], () => {
        const refusal = unsearchable.get(type);
        if (refusal) throw refusal;
        const start = after === undefined ? 0 : decodeCursor(after);
        const all = searchPortal(portal, type, where);
        const shown = properties.filter((name) => !portal.calculatedOf(type).has(name));
        const records = all.slice(start, start + PAGE).map((record) => ({
          ...picked(record, shown),
          properties: {
            ...Object.fromEntries(properties.map((name) => [name, null])),
            ...picked(record, shown).properties,
          },
        }));
        return { records, ...(start + PAGE < all.length ? { after: encodeCursor(start + PAGE) } : {}) };
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
          later: [],
        };
      }),

    ...createFakeTasks(portal, refused, call),
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
    refuseSearch: (type, error) => unsearchable.set(type, error),
    searchAgain: (type) => unsearchable.delete(type),
  };
}
