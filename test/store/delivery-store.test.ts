import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { TaskState } from "../../src/pipeline/delivery-store-port.ts";
import type { StorePort } from "../../src/pipeline/store-port.ts";
import { createStore } from "../../src/store/create-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const now = new Date("2026-10-01T08:00:00Z");
const later = new Date("2026-10-01T09:00:00Z");
const dueAt = new Date("2026-10-05T07:00:00.000Z");
const states: TaskState[] = [
  "waiting",
  "planned",
  "sending",
  "open",
  "updating",
  "taken",
  "closing",
  "closed",
  "done",
  "cancelled",
  "refused",
];

describe("the outbox", () => {
  let database: TestDatabase;
  let store: StorePort;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = createStore(database.pool);
  });
  beforeEach(async () => {
    await database.pool.query(
      "truncate companies, former_contacts, tasks, records, links, scores, score_history, property_history",
    );
    await store.mirror.saveCompanies(
      ["10", "11"].map((id) => ({ id, properties: {}, modifiedAt: now })),
      null,
      now,
    );
    for (const state of states) await insert(state, state);
  });
  afterAll(() => database.drop());

  async function insert(key: string, state: TaskState, closingReason: string | null = null): Promise<void> {
    const planned = {
      key,
      companyId: "10",
      subject: "s",
      body: "b",
      dueAt,
      ownerId: null,
      priority: "HIGH",
      type: "CALL",
    };
    const taskId = ["open", "updating", "taken", "closing", "closed", "done"].includes(state) ? `t-${key}` : null;
    await database.pool.query(
      `insert into tasks (key, company_id, play, state, planned, task_id, closing_reason, decided_at, changed_at)
       values ($1, '10', 'p', $2, $3, $4, $5, $6, $6)`,
      [key, state, JSON.stringify(planned), taskId, closingReason, now],
    );
  }
  const of10 = (...keys: string[]) => keys.map((key) => ({ key, companyId: "10" }));
  /** The tasks that are no longer in the state they are named after. */
  async function moved(): Promise<Record<string, string>> {
    const { rows } = await database.pool.query<{ key: string; state: string; changed_at: Date }>(
      "select key, state, changed_at from tasks where key <> state order by key",
    );
    for (const { changed_at } of rows) expect(changed_at).toEqual(later);
    return Object.fromEntries(rows.map(({ key, state }) => [key, state]));
  }

  it("gives what is to be done about companies, with the instants as instants", async () => {
    await store.deliveries.recordWritten([{ companyId: "11", values: { a: "1" } }]);
    const deliveries = await store.deliveries.load(["11", "10", "99"]);
    expect(deliveries).toMatchObject([
      { companyId: "10", values: {}, written: {} },
      { companyId: "11", values: {}, written: { a: "1" }, tasks: [] },
    ]);
    expect(deliveries[0]?.tasks.map(({ state }) => state)).toEqual(["closing", "planned", "sending", "updating"]);
    expect(deliveries[0]?.tasks[0]).toMatchObject({
      taskId: "t-closing",
      sentAt: null,
      task: { key: "closing", dueAt },
    });
  });

  it("counts a task as on its way from the last time it was sent", async () => {
    await store.deliveries.recordSending(["planned"], now);
    await store.deliveries.recordUnclear(states, later);
    const { rows } = await database.pool.query("select key from tasks where state = 'sending' and sent_at = $1", [
      later,
    ]);
    expect(rows).toEqual([{ key: "planned" }, { key: "sending" }]);
  });

  it("tells which tasks are sent by this: those that nobody cancelled or sends", async () => {
    await insert("other", "planned");
    const sent = await store.deliveries.recordSending([...states, "other", "stranger"], later);
    expect(sent.map(({ key }) => key).sort()).toEqual(["other", "planned"]);
    expect(sent[0]).toMatchObject({ companyId: "10", dueAt });
    expect(await store.deliveries.recordSending(["planned"], later)).toEqual([]);
    expect(await moved()).toEqual({ other: "sending", planned: "sending" });
  });

  it("gives up the planned tasks of a company that HubSpot refused when they were last sent", async () => {
    for (const key of ["again", "tried"]) await insert(key, "sending");
    await store.deliveries.recordRefused(
      ["again", "tried"].map((key) => ({ key, message: "no" })),
      now,
    );
    await store.deliveries.recordSending(["again"], now);
    await store.deliveries.recordNotSent(of10("again"), later);
    await store.deliveries.recordGivenUp("11", later);
    await store.deliveries.recordGivenUp("10", later);
    expect(await moved()).toEqual({ again: "planned", tried: "refused" });
  });

  it("moves only tasks on their way to made, not made and refused", async () => {
    await store.deliveries.recordCreated(
      states.map((key) => ({ key, taskId: `n-${key}` })),
      later,
    );
    expect(await moved()).toEqual({ sending: "open" });
    await insert("second", "sending");
    await store.deliveries.recordNotSent(of10(...states, "second"), later);
    await insert("third", "sending");
    await store.deliveries.recordRefused(
      [...states, "third"].map((key) => ({ key, message: "no" })),
      later,
    );
    expect(await moved()).toEqual({ sending: "open", second: "planned", third: "planned" });
    const { rows } = await database.pool.query("select key from tasks where last_error = 'no'");
    expect(rows).toEqual([{ key: "third" }]);
  });

  it("has a task on its way that was sought on a company which it is no longer on", async () => {
    await store.deliveries.recordNotSent([{ key: "sending", companyId: "9" }], later);
    expect(await moved()).toEqual({});
  });

  it("knows what was on its way when its cause went", async () => {
    await insert("found", "sending", "recovered");
    await insert("lost", "sending", "recovered");
    await insert("wrong", "sending", "recovered");
    await store.deliveries.recordCreated([{ key: "found", taskId: "1" }], later);
    await store.deliveries.recordNotSent(of10("lost"), later);
    await store.deliveries.recordRefused([{ key: "wrong", message: "no" }], later);
    expect(await moved()).toEqual({ found: "closing", lost: "cancelled", wrong: "cancelled" });
  });

  it("closes only what is being closed", async () => {
    await store.deliveries.recordClosed(states, later);
    expect(await moved()).toEqual({ closing: "closed" });
  });

  it.each<["open" | "taken" | "done", Record<string, string>]>([
    ["done", { open: "done", updating: "done", taken: "done", closing: "done" }],
    ["taken", { open: "taken", updating: "taken", closing: "taken" }],
    ["open", { taken: "open" }],
  ])("believes HubSpot that a task is %s, but for what is ended", async (state, expected) => {
    await store.deliveries.recordSeen(
      states.map((key) => ({ key, state })),
      later,
    );
    expect(await moved()).toEqual(expected);
  });

  it("names the tasks that HubSpot has and that are not ended", async () => {
    const keys = async (by: Parameters<StorePort["deliveries"]["standing"]>[0]) =>
      (await store.deliveries.standing(by)).map(({ task }) => task.key);
    expect(await keys({ afterKey: "", limit: 2 })).toEqual(["closing", "open"]);
    expect(await keys({ afterKey: "open", limit: 2 })).toEqual(["taken", "updating"]);
    expect(await keys({ afterKey: "updating", limit: 2 })).toEqual([]);
    expect((await keys({ taskIds: [...states.map((key) => `t-${key}`), "stranger"] })).sort()).toEqual([
      "closing",
      "open",
      "taken",
      "updating",
    ]);
  });

  it("takes nothing at all", async () => {
    const { deliveries } = store;
    await deliveries.recordWritten([]);
    expect(await deliveries.recordSending([], later)).toEqual([]);
    await deliveries.recordUnclear([], later);
    await deliveries.recordNotSent([], later);
    await deliveries.recordClosed([], later);
    expect(await deliveries.recordUpdating([], later)).toEqual([]);
    await deliveries.recordUpdated([], later);
    await deliveries.recordCreated([], later);
    await deliveries.recordRefused([], later);
    await deliveries.recordSeen([], later);
    expect(await deliveries.load([])).toEqual([]);
    expect(await moved()).toEqual({});
  });
});
