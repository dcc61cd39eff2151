import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { MigrationRefused, migrate } from "../../src/store/migrate.ts";
import { createTestDatabase } from "../database.ts";
import type { TestDatabase } from "../database.ts";
import { createRecordingLog } from "../recording-log.ts";

describe("migrate", () => {
  let database: TestDatabase;
  let folder: string;
  let log: ReturnType<typeof createRecordingLog>;

  const write = (name: string, sql: string) => writeFile(join(folder, name), sql);
  const run = () => migrate(database.pool, log, folder);

  beforeEach(async () => {
    database = await createTestDatabase();
    await database.pool.query("drop schema public cascade; create schema public");
    folder = await mkdtemp(join(tmpdir(), "customer-health-migrations-"));
    log = createRecordingLog();
    await write("0001-make-a-table.sql", "create table step (n int);\ninsert into step values (1);\n");
    await write("0002-fill-it.sql", "insert into step select max(n) + 1 from step;\n");
  });
  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it("applies what is new, in order, once", async () => {
    expect(await run()).toEqual(["0001-make-a-table.sql", "0002-fill-it.sql"]);
    expect(await run()).toEqual([]);
    await write("0003-fill-it-again.sql", "insert into step select max(n) + 1 from step");
    expect(await run()).toEqual(["0003-fill-it-again.sql"]);

    const { rows } = await database.pool.query("select n from step order by n");
    expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it("lets one of several replicas that start at once do it, while the others wait", async () => {
    await write("0003-take-long.sql", "select pg_sleep(0.3)");
    const results = await Promise.all([run(), run(), run()]);
    expect(results.map((names) => names.length).sort()).toEqual([0, 0, 3]);
  });

  it("keeps what went before a migration that fails, and nothing of that one", async () => {
    await write("0003-break.sql", "insert into step values (9); select no_such_function();");

    const refusal: unknown = await run().catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(MigrationRefused);
    expect(refusal).toMatchObject({ migration: "0003-break.sql", cause: { code: "42883" } });
    const { rows } = await database.pool.query("select n from step order by n");
    expect(rows).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it("refuses a migration that was changed after it was applied, but not for its line ends", async () => {
    await run();
    await write("0001-make-a-table.sql", "create table step (n int);\r\ninsert into step values (1);\r\n");
    expect(await run()).toEqual([]);
    await write("0001-make-a-table.sql", "create table step (n bigint);\n");
    await expect(run()).rejects.toThrow(/0001-make-a-table.sql was changed/);
  });

  it("works on under a schema that is newer than this release, with a warning", async () => {
    await write("0003-of-the-next-release.sql", "select 1");
    await run();
    await rm(join(folder, "0003-of-the-next-release.sql"));

    expect(await run()).toEqual([]);
    expect(log.lines).toContainEqual({
      level: "warn",
      message: "the database schema is newer than this release",
      fields: { migrations: ["0003-of-the-next-release.sql"] },
    });
  });

  it.each(["0004-after-a-gap.sql", "0002-twice.sql", "third.sql"])(
    "refuses %s, which is out of order",
    async (name) => {
      await write(name, "select 1");
      await expect(run()).rejects.toThrow(MigrationRefused);
    },
  );
});
