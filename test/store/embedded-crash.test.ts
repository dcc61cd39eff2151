import { spawn } from "node:child_process";
import { once } from "node:events";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { isAlive } from "../../src/store/embedded/postmaster.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import type { Database } from "../../src/store/open-database.ts";
import { eventually } from "../eventually.ts";
import { createDataFolder } from "./data-folder.ts";
import type { DataFolder } from "./data-folder.ts";
import { startServiceProcess } from "./start-service-process.ts";

// A first start copies and initialises a cluster, which takes seconds on a busy machine.
const TIMEOUT_MS = 60_000;
jest.setTimeout(TIMEOUT_MS);

describe("the embedded Postgres after a crash", () => {
  let folder: DataFolder;
  const opened: Database[] = [];

  async function open(): Promise<Database> {
    const database = await openDatabase({ place: { dataDir: folder.path }, log: folder.log, poolSize: 3 });
    opened.push(database);
    return database;
  }

  async function killServer(): Promise<number> {
    const pid = await folder.pid();
    process.kill(pid, "SIGKILL");
    await eventually(() => expect(isAlive(pid)).toBe(false));
    return pid;
  }

  async function countRows(database: Database): Promise<number> {
    const { rows } = await database.pool.query<{ n: number }>("select count(*)::int as n from kept");
    return rows[0]?.n ?? 0;
  }

  beforeAll(async () => {
    folder = await createDataFolder();
  });
  beforeEach(async () => {
    const { pool } = await open();
    await pool.query("create table if not exists kept (n int)");
    await pool.query("truncate kept");
    await pool.query("insert into kept select generate_series(1, 100)");
  });
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  afterAll(() => folder.remove());

  it("is started again when it dies, loses nothing, and the pool finds it", async () => {
    const [database] = opened;
    if (!database) throw new Error("No database is open.");
    const busy = await database.pool.connect();

    const killed = await killServer();

    expect(await eventually(() => countRows(database))).toBe(100);
    expect(await folder.pid()).not.toBe(killed);
    busy.release(true);
    expect(folder.log.lines.map(({ message }) => message)).toContain(
      "the embedded database ended by itself and is started again",
    );
  });

  it("is started again every time", async () => {
    const [database] = opened;
    if (!database) throw new Error("No database is open.");
    for (const round of [1, 2, 3]) {
      await killServer();
      await eventually(() => database.pool.query("insert into kept values ($1)", [round]));
    }
    expect(await countRows(database)).toBe(103);
  });

  it("is started again when it was adopted rather than started here", async () => {
    const adopter = await open();
    await opened.shift()?.close();
    await killServer();
    expect(await eventually(() => countRows(adopter))).toBe(100);
  });

  it("outlives a service that is killed, and the next service adopts it and gets the lock", async () => {
    await opened.pop()?.close();
    const service = await startServiceProcess(folder.path);
    const pid = await folder.pid();
    await service.kill();
    expect(await folder.isServer(pid)).toBe(true);

    const next = await open();
    await next.becomeService(() => undefined);

    expect(await folder.pid()).toBe(pid);
    expect(await countRows(next)).toBe(100);
  });

  it("is not reached by an interrupt from the terminal, which is for the service to answer", async () => {
    await opened.pop()?.close();
    const service = await startServiceProcess(folder.path);
    const pid = await folder.pid();

    await service.interrupt();

    const next = await open();
    expect(await folder.pid()).toBe(pid);
    await next.becomeService(() => undefined);
  });

  it("recovers when the service and the server are both killed", async () => {
    await opened.pop()?.close();
    const service = await startServiceProcess(folder.path);
    await service.kill();
    const killed = await killServer();

    const next = await open();

    expect(await folder.pid()).not.toBe(killed);
    expect(await countRows(next)).toBe(100);
  });

  it("recovers although a query of the dead service still holds the dead server's memory", async () => {
    const [database] = opened;
    const sql = "select count(*) from generate_series(1, 100000000000) as busy";
    const service = await startServiceProcess(folder.path, { sql });
    await eventually(async () => {
      const found = await database?.pool.query("select from pg_stat_activity where query = $1", [sql]);
      expect(found?.rowCount).toBe(1);
    });
    await opened.pop()?.close();
    process.kill(await folder.pid(), "SIGKILL");
    await service.kill();

    expect(await countRows(await open())).toBe(100);
  });

  it("starts although the pid in its old file belongs to another process of its user by now", async () => {
    await opened.pop()?.close();
    const data = join(await folder.clusterFolder(), "data");
    const { uid, gid } = await stat(data);
    const bystander = spawn("sleep", ["600"], { uid, gid, cwd: "/" });
    const exited = once(bystander, "exit");
    try {
      await once(bystander, "spawn");
      const lines = [bystander.pid, data, 1_700_000_000, 5432, "/tmp/customer-health-gone", "", "  1  1", "ready"];
      await writeFile(join(data, "postmaster.pid"), `${lines.join("\n")}\n`);

      expect(await countRows(await open())).toBe(100);
    } finally {
      bystander.kill();
      await exited;
    }
  });

  it("is stopped by a service that ends in order", async () => {
    await opened.pop()?.close();
    const service = await startServiceProcess(folder.path);
    const pid = await folder.pid();

    expect(await service.stop()).toBe(0);

    expect(await folder.isServer(pid)).toBe(false);
  });
});
