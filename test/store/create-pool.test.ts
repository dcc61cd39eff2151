import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Pool } from "pg";
import { createPool } from "../../src/store/create-pool.ts";
import { createTestDatabase } from "../database.ts";
import type { TestDatabase } from "../database.ts";
import { eventually } from "../eventually.ts";
import { createRecordingLog } from "../recording-log.ts";

describe("createPool", () => {
  const log = createRecordingLog();
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ connectionString: database.url }, { log, poolSize: 2 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it("reads instants as Dates, days and large numbers as text", async () => {
    const { rows } = await pool.query(`
      select timestamptz '2026-03-01 12:00+02' as instant, date '2026-03-01' as day,
             9007199254740993::int8 as large, 0.10::numeric as exact, 0.5::float8 as real, '{"a":1}'::jsonb as json`);
    expect(rows).toEqual([
      {
        instant: new Date("2026-03-01T10:00:00Z"),
        day: "2026-03-01",
        large: "9007199254740993",
        exact: "0.10",
        real: 0.5,
        json: { a: 1 },
      },
    ]);
  });

  it("bounds how long a statement, a lock and an idle transaction take", async () => {
    const { rows } = await pool.query(`
      select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
             current_setting('idle_in_transaction_session_timeout') as idle`);
    expect(rows).toEqual([{ statement: "1min", lock: "10s", idle: "1min" }]);
  });

  it("survives the loss of connections, idle or in use, with a warning for each", async () => {
    const inUse = await pool.connect();
    await pool.query("select 1");
    await database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await eventually(() => expect(log.lines.filter(({ level }) => level === "warn")).toHaveLength(2));
    inUse.release(true);

    expect((await pool.query("select 1")).rowCount).toBe(1);
  });
});
