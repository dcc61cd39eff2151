import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { PoolClient } from "pg";
import { TransactionRolledBack, transact } from "../../src/store/transact.ts";
import { createTestDatabase } from "../database.ts";
import type { TestDatabase } from "../database.ts";

describe("transact", () => {
  let database: TestDatabase;

  async function readAll(): Promise<unknown[]> {
    return (await database.pool.query<{ n: number }>("select n from pair order by id")).rows.map(({ n }) => n);
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.pool.query("create table pair (id int primary key, n int)");
  });
  beforeEach(async () => {
    await database.pool.query("truncate pair");
    await database.pool.query("insert into pair values (1, 0), (2, 0)");
  });
  afterAll(() => database.drop());

  it("commits and gives the result", async () => {
    const result = await transact(database.pool, async (client) => {
      await client.query("update pair set n = 5 where id = 1");
      return "done";
    });
    expect(result).toBe("done");
    expect(await readAll()).toEqual([5, 0]);
  });

  it("rolls back and throws the error as it came", async () => {
    const failure = new Error("no");
    const work = async (client: PoolClient) => {
      await client.query("update pair set n = 5");
      throw failure;
    };
    await expect(transact(database.pool, work)).rejects.toBe(failure);
    expect(await readAll()).toEqual([0, 0]);
  });

  it("runs the work of a deadlock's victim again", async () => {
    let runs = 0;
    let waiting = 0;
    let bothHoldOne: () => void = () => undefined;
    const met = new Promise<void>((resolve) => (bothHoldOne = resolve));
    const take = (first: number, second: number) =>
      transact(database.pool, async (client) => {
        runs += 1;
        await client.query("update pair set n = n + 1 where id = $1", [first]);
        waiting += 1;
        if (waiting === 2) bothHoldOne();
        await met;
        await client.query("update pair set n = n + 1 where id = $1", [second]);
      });

    await Promise.all([take(1, 2), take(2, 1)]);

    expect(runs).toBe(3);
    expect(await readAll()).toEqual([2, 2]);
  });

  it("gives up after six conflicts", async () => {
    let runs = 0;
    const work = async (client: PoolClient) => {
      runs += 1;
      await client.query("do $$ begin raise exception 'conflict' using errcode = '40001'; end $$");
    };
    await expect(transact(database.pool, work)).rejects.toMatchObject({ code: "40001" });
    expect(runs).toBe(6);
  });

  it("does not take a commit for one when an error in the transaction was caught", async () => {
    const work = async (client: PoolClient) => {
      await client.query("update pair set n = 5");
      await client.query("select no_such_function()").catch(() => undefined);
    };
    await expect(transact(database.pool, work)).rejects.toThrow(TransactionRolledBack);
    expect(await readAll()).toEqual([0, 0]);
  });

  it("throws when the connection is lost, and leaves the pool usable", async () => {
    const work = async (client: PoolClient) => {
      await client.query("select pg_terminate_backend(pg_backend_pid())");
    };
    await expect(transact(database.pool, work)).rejects.toThrow();
    expect(await readAll()).toEqual([0, 0]);
  });
});
