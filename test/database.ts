import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { createPool } from "../src/store/create-pool.ts";
import { createRecordingLog } from "./recording-log.ts";
import { databaseOf, executeOn, withDatabase } from "./test-server.ts";

/** A migrated database for one suite alone. */
export type TestDatabase = {
  url: string;
  pool: Pool;
  /** Closes the pool and removes the database. */
  drop: () => Promise<void>;
};

/** Makes a database from the run's template, in about 40 ms. Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const templateUrl = process.env["TEST_TEMPLATE_URL"];
  if (templateUrl === undefined) throw new Error("TEST_TEMPLATE_URL is not set: the suite must run under jest.");
  const template = databaseOf(templateUrl);
  const name = `${template}_${randomBytes(4).toString("hex")}`;
  const adminUrl = withDatabase(templateUrl, "postgres");
  await executeOn(adminUrl, [`create database ${name} template ${template}`]);

  const url = withDatabase(templateUrl, name);
  const pool = createPool({ connectionString: url }, { log: createRecordingLog(), poolSize: 5 });
  return {
    url,
    pool,
    drop: async () => {
      await pool.end();
      await executeOn(adminUrl, [`drop database ${name} with (force)`]);
    },
  };
}
