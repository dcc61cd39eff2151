import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { DataFolderInUse, acquireServiceLock } from "../../src/store/service-lock.ts";
import type { ServiceLock } from "../../src/store/service-lock.ts";
import { createTestDatabase } from "../database.ts";
import type { TestDatabase } from "../database.ts";
import { eventually } from "../eventually.ts";
import { createRecordingLog } from "../recording-log.ts";

const FIND_HOLDER = `
  select pid, classid::bigint << 32 | objid::bigint as key from pg_locks
  where locktype = 'advisory' and granted
    and database = (select oid from pg_database where datname = current_database())`;

describe("acquireServiceLock", () => {
  let database: TestDatabase;
  const locks: ServiceLock[] = [];

  async function acquire(onLost: (error: DataFolderInUse) => void = () => undefined): Promise<ServiceLock> {
    const connection = { connectionString: database.url };
    const lock = await acquireServiceLock({ connection, dataDir: "/data", log: createRecordingLog(), onLost });
    locks.push(lock);
    return lock;
  }

  async function findHolder(): Promise<{ pid: number; key: string }> {
    const { rows } = await database.pool.query<{ pid: number; key: string }>(FIND_HOLDER);
    if (!rows[0]) throw new Error("Nobody holds the lock.");
    return rows[0];
  }

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const lock of locks.splice(0)) await lock.release();
    await database.drop();
  });

  it("lets one service in, names the folder to the second, and lets it in after the first", async () => {
    const first = await acquire();
    const refusal = acquire();
    await expect(refusal).rejects.toThrow(DataFolderInUse);
    await expect(refusal).rejects.toThrow("/data");

    await first.release();
    expect(first.isHeld()).toBe(false);
    expect((await acquire()).isHeld()).toBe(true);
  });

  it("is taken again when its connection is lost", async () => {
    const lock = await acquire();
    const { pid } = await findHolder();
    await database.pool.query("select pg_terminate_backend($1)", [pid]);

    await eventually(async () => expect((await findHolder()).pid).not.toBe(pid));
    expect(lock.isHeld()).toBe(true);
  });

  it("says so when another service has it by the time that it is taken again", async () => {
    const losses: DataFolderInUse[] = [];
    const lock = await acquire((error) => losses.push(error));
    const rival = new pg.Client({ connectionString: database.url });
    await rival.connect();
    try {
      const { pid, key } = await findHolder();
      const queued = rival.query("select pg_advisory_lock($1)", [key]);
      await database.pool.query("select pg_terminate_backend($1)", [pid]);
      await queued;

      await eventually(() => expect(losses).toHaveLength(1));
      expect(lock.isHeld()).toBe(false);
    } finally {
      await rival.end();
    }
  });
});
