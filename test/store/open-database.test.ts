import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { DatabaseUnreachable, openDatabase } from "../../src/store/open-database.ts";
import type { Database } from "../../src/store/open-database.ts";
import { DataFolderInUse } from "../../src/store/service-lock.ts";
import { createTestDatabase } from "../database.ts";
import { createRecordingLog } from "../recording-log.ts";
import { createDataFolder } from "./data-folder.ts";
import type { DataFolder } from "./data-folder.ts";

// A first start copies and initialises a cluster, which takes seconds on a busy machine.
const TIMEOUT_MS = 60_000;
jest.setTimeout(TIMEOUT_MS);

describe("openDatabase, embedded", () => {
  let folder: DataFolder;
  const opened: Database[] = [];

  async function open(): Promise<Database> {
    const database = await openDatabase({ place: { dataDir: folder.path }, log: folder.log, poolSize: 2 });
    opened.push(database);
    return database;
  }

  async function close(database: Database): Promise<void> {
    opened.splice(opened.indexOf(database), 1);
    await database.close();
  }

  beforeAll(async () => {
    folder = await createDataFolder();
  });
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });
  afterAll(() => folder.remove());

  it("stops the server that it started when nobody else uses it", async () => {
    const database = await open();
    const pid = await folder.pid();
    await close(database);
    expect(await folder.isServer(pid)).toBe(false);
  });

  it("lets one service run on a data folder", async () => {
    const service = await open();
    await service.becomeService(() => undefined);
    const second = await open();

    await expect(second.becomeService(() => undefined)).rejects.toThrow(DataFolderInUse);
    await close(second);

    expect((await service.pool.query("select 1")).rowCount).toBe(1);
  });

  it("leaves the server that it started to a service that came later, which stops it at its end", async () => {
    const tool = await open();
    const pid = await folder.pid();
    const service = await open();
    await service.becomeService(() => undefined);

    await close(tool);
    expect((await service.pool.query("select 1")).rowCount).toBe(1);
    expect(await folder.pid()).toBe(pid);

    await close(service);
    expect(await folder.isServer(pid)).toBe(false);
  });
});

describe("openDatabase, given", () => {
  it("opens the database that the URL names", async () => {
    const { url, drop } = await createTestDatabase();
    const database = await openDatabase({ place: { url }, log: createRecordingLog(), poolSize: 2 });
    try {
      await database.becomeService(() => undefined);
      const { rows } = await database.pool.query("select current_setting('application_name') as name");
      expect(database.kind).toBe("given");
      expect(rows).toEqual([{ name: "customer-health" }]);
    } finally {
      await database.close();
      await drop();
    }
  });

  it("names the host, and never the password, when it cannot be reached", async () => {
    const place = { url: "postgres://someone:swordfish@127.0.0.1:1/health" };
    const refusal: unknown = await openDatabase({ place, log: createRecordingLog(), poolSize: 2 }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(DatabaseUnreachable);
    expect(String(refusal)).toContain("127.0.0.1:1");
    expect(String(refusal)).not.toContain("swordfish");
  });
});
