import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { TaskState } from "../../src/pipeline/delivery-store-port.ts";
import type { StorePort } from "../../src/pipeline/store-port.ts";
import { createStore } from "../../src/store/create-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { eventually } from "../eventually.ts";
import { countWaiting } from "./count-waiting.ts";

const now = new Date("2026-10-01T08:00:00Z");

// Two that lock the same rows in different orders deadlock: a delivery and a decision meet in them.
describe("the outbox locks rows in the order of their keys, however they are given and stored", () => {
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
  });
  afterAll(() => database.drop());

  type Change = (deliveries: StorePort["deliveries"], keys: string[]) => Promise<unknown>;
  const withKeys = <More>(keys: string[], more: More) => keys.map((key) => ({ key, ...more }));
  const changes: [string, TaskState, Change][] = [
    ["sent", "planned", (to, keys) => to.recordSending(keys, now)],
    ["unclear", "sending", (to, keys) => to.recordUnclear(keys, now)],
    ["not sent", "sending", (to, keys) => to.recordNotSent(withKeys(keys, { companyId: "10" }), now)],
    ["created", "sending", (to, keys) => to.recordCreated(withKeys(keys, { taskId: "1" }), now)],
    ["refused", "sending", (to, keys) => to.recordRefused(withKeys(keys, { message: "no" }), now)],
    ["updating", "updating", (to, keys) => to.recordUpdating(keys, now)],
    ["closed", "closing", (to, keys) => to.recordClosed(keys, now)],
    ["seen", "open", (to, keys) => to.recordSeen(withKeys(keys, { state: "done" as const }), now)],
  ];

  /** Another has the first row: whoever waits for that must not have the second yet. */
  async function expectInOrder(rowOf: string, change: () => Promise<unknown>): Promise<void> {
    const client = await database.pool.connect();
    try {
      await client.query(`begin; ${rowOf} '1' for no key update`);
      const changing = change();
      await eventually(async () => expect(await countWaiting(database.pool)).toBe(1));
      await client.query(`${rowOf} '2' for no key update nowait`);
      await client.query("commit");
      await changing;
    } finally {
      client.release(true);
    }
  }

  it.each(changes)("tasks that are %s", async (_what, state, change) => {
    await database.pool.query(
      `insert into tasks (key, company_id, play, state, planned, decided_at, changed_at)
       values ('2', '10', 'p', $1, '{}', $2, $2), ('1', '10', 'p', $1, '{}', $2, $2)`,
      [state, now],
    );
    await expectInOrder("select 1 from tasks where key =", () => change(store.deliveries, ["2", "1"]));
  });

  it("companies that are written", async () => {
    for (const id of ["2", "1"]) await store.mirror.saveCompanies([{ id, properties: {}, modifiedAt: now }], null, now);
    const written = ["2", "1"].map((companyId) => ({ companyId, values: { a: companyId } }));
    await expectInOrder("select 1 from companies where id =", () => store.deliveries.recordWritten(written));
    expect(await store.deliveries.load(["1", "2"])).toMatchObject([{ written: { a: "1" } }, { written: { a: "2" } }]);
  });
});
