import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import pg from "pg";
import type { WorkStore } from "../../src/pipeline/store-port.ts";
import { markWork } from "../../src/store/mark-work.ts";
import { transact } from "../../src/store/transact.ts";
import { createWorkStore } from "../../src/store/work-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const KEYS = 24;
/** After each round every key must be seen as it is: a change that is overlooked is hidden by the next of its key. */
const ROUNDS = 7;
const EVENTS_OF_EACH = 40;
const now = () => new Date();

describe("work between producers and workers on connections of their own", () => {
  let database: TestDatabase;
  let pools: pg.Pool[];

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.pool.query("create table truths (key text primary key, value bigint not null)");
  });
  beforeEach(async () => {
    await database.pool.query("truncate work, truths");
    pools = Array.from({ length: 4 }, () => new pg.Pool({ connectionString: database.url, max: 1 }));
  });
  afterEach(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
  });
  afterAll(() => database.drop());

  const hintOf = (key: string) => ({ kind: "rescore" as const, key, priority: "webhook" as const });
  const change = (client: pg.Pool | pg.PoolClient, key: string) =>
    client.query("insert into truths values ($1, 1) on conflict (key) do update set value = truths.value + 1", [key]);
  const poolOf = (index: number): pg.Pool => {
    const pool = pools[index];
    if (!pool) throw new Error(`There is no pool ${index}`);
    return pool;
  };

  /** Changes a value and tells of it, in one transaction or in two; either way the value is there when the hint is. */
  async function produce(pool: pg.Pool, step: number): Promise<void> {
    for (let event = 0; event < EVENTS_OF_EACH; event += 1) {
      const key = `k${(event * step) % KEYS}`;
      if (event % 2 === 0) {
        await transact(pool, async (client) => {
          await change(client, key);
          await markWork(client, [hintOf(key)], now());
        });
      } else {
        await change(pool, key);
        await createWorkStore(pool).mark([hintOf(key)], now());
      }
    }
  }

  /** Reads what is true of every key after claiming it, and ends when nothing is left to do. */
  async function consume(pool: pg.Pool, seen: Map<string, bigint>, isOver: () => boolean): Promise<void> {
    const work: WorkStore = createWorkStore(pool);
    for (;;) {
      const wasOver = isOver();
      const claims = await work.claim("rescore", 5, now());
      const keys = claims.map(({ key }) => key);
      const { rows } = await pool.query<{ key: string; value: string }>(
        "select key, value from truths where key = any ($1)",
        [keys],
      );
      for (const { key, value } of rows) {
        const before = seen.get(key) ?? 0n;
        seen.set(key, before > BigInt(value) ? before : BigInt(value));
      }
      // What is done with the value takes a while, in which the next hint may come.
      await pool.query("select pg_sleep(0.003)");
      await work.finish(claims, now(), now());
      if (wasOver && claims.length === 0) return;
    }
  }

  it.each([1, 2])("lets no change go unseen (run %d)", async () => {
    const seen = new Map<string, bigint>();
    for (let round = 0; round < ROUNDS; round += 1) {
      let producing = 2;
      const producers = [5, 7].map(async (step, index) => {
        await produce(poolOf(index), step);
        producing -= 1;
      });
      const workers = [2, 3].map((index) => consume(poolOf(index), seen, () => producing === 0));
      await Promise.all([...producers, ...workers]);

      const { rows } = await database.pool.query<{ key: string; value: string }>("select key, value from truths");
      expect(rows).toHaveLength(KEYS);
      expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(rows.map(({ key, value }) => [key, BigInt(value)])));
      const { rows: left } = await database.pool.query("select key from work");
      expect(left).toEqual([]);
    }
  });

  it("ends without error when hints and finished rows come in opposite orders", async () => {
    const keys = Array.from({ length: 40 }, (_, n) => `k${n}`);
    const rounds = async (pool: pg.Pool, ordered: readonly string[]) => {
      const work = createWorkStore(pool);
      for (let round = 0; round < 30; round += 1) {
        await work.mark(ordered.map(hintOf), now());
        const claims = await work.claim("rescore", 40, now());
        await work.keep(claims.toReversed(), now());
        if (round % 3 === 0) await work.release(claims.toReversed(), now());
        else await work.finish(claims.toReversed(), now(), now());
      }
    };
    await Promise.all(
      [keys, keys.toReversed(), keys, keys.toReversed()].map((ordered, index) => rounds(poolOf(index), ordered)),
    );

    // A connection counts what happened to it when it ends.
    await Promise.all(pools.splice(0).map((pool) => pool.end()));
    const { rows } = await database.pool.query<{ deadlocks: string }>(
      "select deadlocks from pg_stat_database where datname = current_database()",
    );
    expect(rows).toEqual([{ deadlocks: "0" }]);
  });
});
