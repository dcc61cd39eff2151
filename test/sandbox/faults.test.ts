import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { type FaultKind, faultKinds } from "../../src/sandbox/http/failures.ts";
import { objectTypes } from "../../src/sandbox/portal/object-types.ts";
import { eventually } from "../eventually.ts";
import { askAs } from "./ask-as.ts";
import { makeRecords } from "./make-records.ts";
import { type OpenSandbox, openSandbox } from "./open-clients.ts";

const COMPANIES = "/crm/v3/objects/companies";

let open: OpenSandbox;
beforeEach(async () => {
  open = await openSandbox({ limitPer10s: 100_000, faultHangMs: 5 });
});
afterEach(() => open.sandbox.close());

const ask = (method: string, path: string, body?: unknown, token = open.sandbox.appToken) =>
  askAs(token, `${open.sandbox.url}${path}`, method, body);
const create = () => ask("POST", COMPANIES, { properties: { name: "Uvær AS" } });
const count = () => open.sandbox.portal.records.count(objectTypes.company);
const failWith = (kinds: FaultKind[], seed = 1) => {
  open.sandbox.faults = { rate: 1, seed, kinds };
};

describe("a fault", () => {
  it.each<[FaultKind, number, unknown]>([
    ["404", 404, expect.stringContaining("HTTP ERROR 404")],
    ["423", 423, { status: "error", message: expect.any(String), correlationId: expect.any(String) }],
    ["477", 477, { status: "error", message: expect.any(String), correlationId: expect.any(String) }],
  ])("of kind %s leaves the call undone", async (kind, status, body) => {
    failWith([kind]);
    const answer = await create();
    expect(answer).toMatchObject({ status, body });
    expect(answer.headers.get("x-hubspot-notfound")).toBe(kind === "404" ? "true" : null);
    expect(answer.headers.get("retry-after")).toBe(kind === "477" ? "1" : null);
    expect(answer.headers.get("x-hubspot-ratelimit-remaining")).toBe("99999");
    expect(count()).toBe(0);
    expect(open.sandbox.faultCounts[kind]).toBe(1);
    expect(open.sandbox.requests()).toMatchObject([{ path: COMPANIES, status }]);
  });

  it.each<[FaultKind, number, string, unknown]>([
    ["500", 500, "application/json;charset=utf-8", expect.objectContaining({ message: "internal error" })],
    ["502", 502, "text/html", expect.stringContaining("502 Bad Gateway")],
    ["503", 503, "application/json;charset=utf-8", expect.objectContaining({ message: "service unavailable" })],
    ["504", 504, "text/html", expect.stringContaining("504 Gateway Time-out")],
  ])("of kind %s may come before or after the deed", async (kind, status, contentType, body) => {
    failWith([kind]);
    for (let calls = 0; calls < 20; calls += 1) {
      const answer = await create();
      expect(answer).toMatchObject({ status, body });
      expect(answer.headers.get("content-type")).toBe(contentType);
    }
    expect(count()).toBeGreaterThan(4);
    expect(count()).toBeLessThan(16);
    expect(open.sandbox.faultCounts[kind]).toBe(20);
  });

  it.each([
    ["reset", 0],
    ["lost", 1],
  ] as const)("of kind %s breaks the connection with %i records made", async (kind, made) => {
    failWith([kind]);
    await expect(create()).rejects.toThrow("fetch failed");
    expect(count()).toBe(made);
    expect(open.sandbox.calls).toEqual({ "companies create": 1 });
    expect(open.sandbox.requests()).toMatchObject([{ status: kind === "reset" ? 0 : 201 }]);
  });

  it("of kind silent gives no answer until the connection is closed, with or without the deed", async () => {
    failWith(["silent"]);
    for (let calls = 0; calls < 12; calls += 1) await expect(create()).rejects.toThrow("fetch failed");
    expect(count()).toBeGreaterThan(1);
    expect(count()).toBeLessThan(11);
  });

  it("of kind silent holds a client until it gives up, or the portal closes", async () => {
    const patient = await openSandbox({ faultHangMs: 600_000, faults: { rate: 1, seed: 1, kinds: ["silent"] } });
    const { url, appToken } = patient.sandbox;
    const client = new AbortController();
    const given = fetch(`${url}${COMPANIES}`, {
      headers: { authorization: `Bearer ${appToken}` },
      signal: client.signal,
    });
    await eventually(() => expect(patient.sandbox.requests()).toHaveLength(1));
    client.abort();
    await expect(given).rejects.toThrow("aborted");
    const held = expect(askAs(appToken, `${url}${COMPANIES}`)).rejects.toThrow("fetch failed");
    await eventually(() => expect(patient.sandbox.requests()).toHaveLength(2));
    await patient.sandbox.close();
    await held;
  });

  it("of kind 429 names the policy in either shape, asks to wait or not, and is not counted", async () => {
    failWith(["429"]);
    const bodies = new Set<string>();
    const waits = new Set<string | null>();
    for (let calls = 0; calls < 20; calls += 1) {
      const { status, headers, body } = await create();
      expect([status, headers.get("x-hubspot-ratelimit-remaining")]).toEqual([429, "0"]);
      expect(body).toMatchObject({ errorType: "RATE_LIMIT", policyName: "TEN_SECONDLY_ROLLING" });
      bodies.add(Object.keys(body as object).join(" "));
      waits.add(headers.get("retry-after"));
    }
    expect([...bodies].sort()).toEqual([
      "status message correlationId errorType policyName category",
      "status message correlationId errorType policyName requestId",
    ]);
    expect([...waits].sort()).toEqual(["1", null]);
    const searched = await ask("POST", `${COMPANIES}/search`, {});
    expect(searched).toMatchObject({ status: 429, body: { policyName: "SECONDLY" } });
    expect(searched.headers.get("x-hubspot-ratelimit-remaining")).toBeNull();
    expect(open.sandbox.usage()).toMatchObject({
      calls: { general: 0, search: 0 },
      refusals: { DAILY: 0, TEN_SECONDLY_ROLLING: 0, SECONDLY: 0 },
    });
    expect(count()).toBe(0);
  });

  it("of kind 404 spares the calls that name one thing", async () => {
    const [id = ""] = await makeRecords(open.person, "companies", 1);
    failWith(["404"]);
    expect((await ask("GET", COMPANIES)).status).toBe(404);
    expect((await ask("POST", `${COMPANIES}/batch/read`, { inputs: [] })).status).toBe(404);
    expect((await ask("GET", `${COMPANIES}/${id}`)).status).toBe(200);
    expect((await ask("GET", "/crm/v3/properties/companies/name")).status).toBe(200);
  });
});

describe("a 207 by chance", () => {
  type Row = { id: string; properties: Record<string, string> };
  type RowError = { status: string; category: string; context: Record<string, string[]> };
  const askBatch = async (path: string, inputs: object[]) => {
    const { status, body } = await ask("POST", path, { inputs });
    return { ...(body as { results: Row[]; errors: RowError[]; numErrors: number }), status };
  };
  const name = (id: string) => open.sandbox.portal.records.find(objectTypes.company, id)?.properties["name"];

  it("leaves some rows of an update undone, and says which", async () => {
    const ids = await makeRecords(open.person, "companies", 40);
    failWith(["207"]);
    const rows = ids.map((id) => ({ id, properties: { name: `Ny ${id}` } }));
    const { status, results, errors, numErrors } = await askBatch(`${COMPANIES}/batch/update`, rows);
    const failed = errors.flatMap(({ context }) => context["ids"] ?? []);
    expect([status, numErrors]).toEqual([207, failed.length]);
    expect(errors[0]).toMatchObject({ status: "error", category: "INTERNAL_ERROR" });
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length).toBeLessThan(11);
    expect([...results.map(({ id }) => id), ...failed].sort()).toEqual([...ids].sort());
    for (const id of ids) expect(name(id)).toBe(failed.includes(id) ? undefined : `Ny ${id}`);
  });

  it("leaves rows out of a read, beside those that are missing anyway", async () => {
    const ids = await makeRecords(open.person, "companies", 8);
    failWith(["207"]);
    const read = await askBatch(
      `${COMPANIES}/batch/read`,
      [...ids, "1"].map((id) => ({ id })),
    );
    const failed = read.errors.filter(({ category }) => category === "INTERNAL_ERROR");
    expect(failed.length).toBeGreaterThan(0);
    expect(read.numErrors).toBe(read.errors.length);
    const told = read.errors.flatMap(({ context }) => context["ids"] ?? []);
    expect([...read.results.map(({ id }) => id), ...told].sort()).toEqual([...ids, "1"].sort());
  });

  it("names the trace ids of rows of a create that failed, whose records may be there or not", async () => {
    failWith(["207"]);
    const rows = Array.from({ length: 12 }, (_, index) => ({
      properties: { name: `Selskap ${index}` },
      objectWriteTraceId: `trace-${index}`,
    }));
    const { status, results, errors } = await askBatch(`${COMPANIES}/batch/create`, rows);
    expect(status).toBe(207);
    const failed = errors.flatMap(({ context }) => context["objectWriteTraceId"] ?? []);
    expect(failed.length).toBeGreaterThan(0);
    const made = results.map(({ properties }) => properties["name"]?.replace("Selskap ", "trace-"));
    expect([...made, ...failed].sort()).toEqual(rows.map((row) => row.objectWriteTraceId).sort());
    expect(name(results[0]?.id ?? "")).toMatch(/^Selskap/);
    const unnamed = await askBatch(`${COMPANIES}/batch/create`, [{ properties: { name: "Uten spor" } }]);
    expect(unnamed).toMatchObject({ status: 201, results: [{ properties: { name: "Uten spor" } }] });
  });

  it("makes some of the rows of a create that it says failed", async () => {
    failWith(["207"]);
    let [failed, shown] = [0, 0];
    for (let calls = 0; calls < 20; calls += 1) {
      const answer = await askBatch(`${COMPANIES}/batch/create`, [
        { properties: { name: "A" }, objectWriteTraceId: "a" },
        { properties: { name: "B" }, objectWriteTraceId: "b" },
      ]);
      failed += answer.numErrors;
      shown += answer.results.length;
    }
    expect([failed, shown]).toEqual([20, 20]);
    expect(count() - shown).toBeGreaterThan(4);
    expect(count() - shown).toBeLessThan(16);
  });

  it("leaves records out of a read of links", async () => {
    const [company = ""] = await makeRecords(open.person, "companies", 1);
    const tickets = await makeRecords(open.person, "tickets", 4);
    for (const ticket of tickets) await open.person.linkByDefault(["tickets", ticket, "companies", company]);
    failWith(["207"]);
    const path = "/crm/v4/associations/tickets/companies/batch/read";
    const { body } = await ask("POST", path, { inputs: tickets.map((id) => ({ id })) });
    const { results, errors } = body as { results: { from: { id: string } }[]; errors: RowError[] };
    const failed = errors.flatMap(({ context }) => context["fromObjectId"] ?? []);
    expect(failed).toHaveLength(1);
    expect([...results.map(({ from }) => from.id), ...failed].sort()).toEqual([...tickets].sort());
  });

  it("leaves a batch refused that is bad as a whole", async () => {
    const [id = ""] = await makeRecords(open.person, "companies", 1);
    failWith(["207"]);
    const inputs = Array.from({ length: 102 }, () => ({ id }));
    expect((await ask("POST", `${COMPANIES}/batch/read`, { inputs })).status).toBe(400);
  });
});

describe("the rate of faults", () => {
  const outcomes = async (calls: number) => {
    const seen: (number | string)[] = [];
    for (let made = 0; made < calls; made += 1) {
      const outcome = await ask("POST", `${COMPANIES}/batch/read`, { inputs: [{ id: "1" }] }).then(
        ({ status }) => status,
        () => "cut off",
      );
      seen.push(outcome);
    }
    return seen;
  };
  const faultSum = () => Object.values(open.sandbox.faultCounts).reduce((sum, each) => sum + each, 0);

  it("is kept, by all kinds, and repeated by the same seed", async () => {
    open.sandbox.faults = { rate: 0.3, seed: 7 };
    const first = await outcomes(300);
    expect(faultSum()).toBeGreaterThan(65);
    expect(faultSum()).toBeLessThan(115);
    for (const kind of faultKinds) expect([kind, open.sandbox.faultCounts[kind]]).not.toEqual([kind, 0]);
    open.sandbox.faults = { rate: 0.3, seed: 7 };
    expect(await outcomes(300)).toEqual(first);
    open.sandbox.faults = { rate: 0.3, seed: 8 };
    expect(await outcomes(300)).not.toEqual(first);
  });

  it("ends when it is taken back", async () => {
    failWith(["500"]);
    expect(await outcomes(2)).toEqual([500, 500]);
    expect(faultSum()).toBe(2);
    open.sandbox.faults = null;
    expect(await outcomes(2)).toEqual([207, 207]);
    open.sandbox.forgetCalls();
    expect(faultSum()).toBe(0);
  });

  it("spares people, the control endpoints and what a token may do", async () => {
    open.sandbox.faults = { rate: 1, seed: 1 };
    const { appToken, personToken } = open.sandbox;
    expect((await ask("GET", COMPANIES, undefined, personToken)).status).toBe(200);
    expect((await ask("GET", "/sandbox/state", undefined, personToken)).status).toBe(200);
    const info = await ask("POST", "/oauth/v2/private-apps/get/access-token-info", { tokenKey: appToken });
    expect(info.status).toBe(200);
    expect(faultSum()).toBe(0);
  });

  it("is a share", () => {
    expect(() => (open.sandbox.faults = { rate: 10, seed: 1 })).toThrow("the rate 10 is not between 0 and 1");
  });
});
