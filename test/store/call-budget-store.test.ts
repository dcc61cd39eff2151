import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createCallBudgetStore } from "../../src/store/call-budget-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { describeCallBudget } from "../hubspot/call-budget-contract.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function openBudget() {
  await database.pool.query("truncate call_turns, call_closings, call_days");
  return {
    budget: createCallBudgetStore(database.pool),
    /** The clock is that of Postgres: what it has kept is moved back instead. */
    advance: async (ms: number) => {
      const back = `interval '1 millisecond' * ${ms}`;
      await database.pool.query(
        `update call_turns set free_at = free_at - ${back} where free_at <> '-infinity';
         update call_closings set until = until - ${back} where reason <> 'day'`,
      );
    },
  };
}

describeCallBudget("the budget that replicas share", openBudget);

describe("the budget that replicas share, at once", () => {
  it("gives no turn twice and none above the limit, whoever asks", async () => {
    const { budget } = await openBudget();
    const asked = Array.from({ length: 40 }, () => budget.take("general", 7, { limit: 100, keepFree: 0 }));
    const taken = (await Promise.all(asked)).flatMap(({ turns }) => turns);
    expect(taken).toHaveLength(100);
    expect(new Set(taken).size).toBe(100);
  });

  it("keeps free what is kept, whoever asks", async () => {
    const { budget } = await openBudget();
    const asked = Array.from({ length: 40 }, () => budget.take("general", 7, { limit: 100, keepFree: 4 }));
    expect((await Promise.all(asked)).flatMap(({ turns }) => turns)).toHaveLength(96);
  });

  it("has the turns of a process that died free again after the longest call and the window", async () => {
    const { budget, advance } = await openBudget();
    await budget.take("general", 5, { limit: 5, keepFree: 0 });
    await advance(45_000);
    expect((await budget.take("general", 5, { limit: 5, keepFree: 0 })).turns).toEqual([]);
    await advance(100);
    expect((await budget.take("general", 5, { limit: 5, keepFree: 0 })).turns).toHaveLength(5);
  });

  it("adds up what replicas count at once", async () => {
    const { budget } = await openBudget();
    const midnight = new Date("2026-11-22T23:00:00Z");
    const counts = await Promise.all(Array.from({ length: 20 }, () => budget.countAssociations(5, midnight)));
    expect(Math.max(...counts)).toBe(100);
  });
});
