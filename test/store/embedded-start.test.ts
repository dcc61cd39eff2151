import { existsSync } from "node:fs";
import { lstat, mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import pg from "pg";
import {
  ForeignServer,
  NoPostgresForPlatform,
  OtherMajorVersion,
} from "../../src/store/embedded/embedded-postgres-errors.ts";
import { findPostgresPackage } from "../../src/store/embedded/postgres-package.ts";
import type { ServerConnection } from "../../src/store/embedded/reach-server.ts";
import type { EmbeddedPostgres } from "../../src/store/embedded/start-embedded-postgres.ts";
import { createDataFolder } from "./data-folder.ts";
import type { DataFolder } from "./data-folder.ts";
import { startServiceProcess } from "./start-service-process.ts";

// A first start copies and initialises a cluster, which takes seconds on a busy machine.
const TIMEOUT_MS = 60_000;
jest.setTimeout(TIMEOUT_MS);

const onLinux = process.platform === "linux" ? it : it.skip;

async function query(connection: ServerConnection, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

describe("startEmbeddedPostgres", () => {
  let folder: DataFolder;
  const servers: EmbeddedPostgres[] = [];

  async function start(): Promise<EmbeddedPostgres> {
    const server = await folder.start();
    servers.push(server);
    return server;
  }

  beforeAll(async () => {
    folder = await createDataFolder();
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });
  afterAll(() => folder.remove());

  it("makes one durable cluster when two processes start it for the first time at once", async () => {
    const [one, other] = await Promise.all([start(), start()]);

    expect(one.connection).toEqual(other.connection);
    expect([one.wasStartedHere(), other.wasStartedHere()].filter(Boolean)).toHaveLength(1);
    const settings = `
      select current_setting('fsync') fsync, current_setting('synchronous_commit') commit,
             current_setting('data_checksums') checksums, current_setting('server_encoding') encoding,
             current_setting('TimeZone') zone, current_setting('listen_addresses') addresses,
             'Ø' ilike 'ø' as knows_case, 'Z' < 'a' and 'z' < 'Ø' as sorts_by_code`;
    expect(await query(one.connection, settings)).toEqual([
      {
        fsync: "on",
        commit: "on",
        checksums: "on",
        encoding: "UTF8",
        zone: "UTC",
        addresses: process.platform === "win32" ? "127.0.0.1" : "",
        knows_case: true,
        sorts_by_code: true,
      },
    ]);
  });

  it("starts again quickly, with what was stored", async () => {
    const first = await start();
    await query(first.connection, "create table kept (n int); insert into kept values (7)");
    await first.stop();

    const before = performance.now();
    const second = await start();

    expect(performance.now() - before).toBeLessThan(2_000);
    expect(second.wasStartedHere()).toBe(true);
    expect(await query(second.connection, "select n from kept")).toEqual([{ n: 7 }]);
  });

  it("lets nobody in without the password, which only its user can read", async () => {
    const { connection } = await start();
    const cluster = await folder.clusterFolder();

    await expect(query({ ...connection, password: "guess" }, "select 1")).rejects.toMatchObject({ code: "28P01" });
    expect((await stat(join(cluster, "password"))).mode & 0o777).toBe(0o600);
    expect((await stat(connection.host)).mode & 0o777).toBe(0o700);
  });

  onLinux("keeps our environment, which holds secrets, from the server", async () => {
    const service = await startServiceProcess(folder.path, { env: { SECRET_OF_THE_TEST: "swordfish" } });
    const environment = await readFile(`/proc/${await folder.pid()}/environ`, "utf8");
    expect(environment.includes("swordfish")).toBe(false);
    await service.stop();
  });

  it("links the libraries in its own copy and leaves the package alone", async () => {
    const { nativeFolder, version } = await findPostgresPackage();
    const before = await readdir(join(nativeFolder, "lib"));
    await start();

    const copy = join(await folder.clusterFolder(), "..", `runtime-${version}`, "lib", "libpq.so.5");
    expect((await lstat(copy)).isSymbolicLink()).toBe(true);
    expect(await readdir(join(nativeFolder, "lib"))).toEqual(before);
  });

  it("adopts a server that runs already, and stops it when told", async () => {
    const first = await start();
    const pid = await folder.pid();
    await first.leave();

    const second = await start();
    expect(second.wasStartedHere()).toBe(false);
    expect(second.connection).toEqual(first.connection);
    expect(await folder.pid()).toBe(pid);

    await second.stop();
    await expect(folder.pid()).rejects.toThrow("No server runs");
    expect(existsSync(first.connection.host)).toBe(false);
  });

  it("uses a short socket path where the folder for temporary files has a long one", async () => {
    const long = join(folder.path, "long-".padEnd(120, "x"));
    await mkdir(long);
    const service = await startServiceProcess(folder.path, { env: { TMPDIR: long } });
    expect(await folder.socketFolder()).toMatch(/^\/tmp\/customer-health-/);
    await service.stop();
  });

  it("does not take over a server that refuses our password", async () => {
    const { connection } = await start();
    await query(connection, "alter user customer_health password 'another'");
    try {
      await expect(folder.start()).rejects.toThrow(ForeignServer);
    } finally {
      await query(
        { ...connection, password: "another" },
        `alter user customer_health password '${connection.password}'`,
      );
    }
  });

  it("refuses a cluster of another major version and names both", async () => {
    const versionFile = join(await folder.clusterFolder(), "data", "PG_VERSION");
    await writeFile(versionFile, "17\n");
    try {
      const refusal = folder.start();
      await expect(refusal).rejects.toThrow(OtherMajorVersion);
      await expect(refusal).rejects.toThrow(/Postgres 17, .* Postgres 18.* restore a backup/);
    } finally {
      await writeFile(versionFile, "18\n");
    }
  });

  it("names the way out on a platform without binaries", async () => {
    const refusal = findPostgresPackage("sunos", "sparc");
    await expect(refusal).rejects.toThrow(NoPostgresForPlatform);
    await expect(refusal).rejects.toThrow(/sunos-sparc.*DATABASE_URL/);
  });
});
