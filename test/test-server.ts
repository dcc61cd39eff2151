import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createPool } from "../src/store/create-pool.ts";
import { isAlive } from "../src/store/embedded/postmaster.ts";
import { startEmbeddedPostgres } from "../src/store/embedded/start-embedded-postgres.ts";
import { migrate } from "../src/store/migrate.ts";
import { createRecordingLog } from "./recording-log.ts";
import { removeEmbedded } from "./remove-embedded.ts";

/**
 * The server of one test run: `url` names its template database, and the name of each database of the run begins with
 * the template's; `folder` is set when it is an embedded one of our own.
 */
export type TestServer = { url: string; folder: string | undefined };

const FOLDER_NAME = /^customer-health-(?:tests|data)-(\d+)-/;

const log = createRecordingLog();

/** Starts an embedded server, or takes the one that `givenUrl` names, and migrates the run's template database. */
export async function startTestServer(givenUrl: string | undefined): Promise<TestServer> {
  const server = givenUrl === undefined ? await startEmbedded() : { url: givenUrl, folder: undefined };
  const template = `chs_test_${process.pid}_${randomBytes(3).toString("hex")}`;
  const url = withDatabase(server.url, template);
  try {
    await executeOn(server.url, [`create database ${template}`]);
    const pool = createPool({ connectionString: url }, { log, poolSize: 1 });
    await migrate(pool, log).finally(() => pool.end());
    return { ...server, url };
  } catch (error) {
    await stopTestServer({ ...server, url });
    throw error;
  }
}

/** Ends what startTestServer began, and leaves nothing behind: no server, no folder, no database. */
export async function stopTestServer({ url, folder }: TestServer): Promise<void> {
  if (folder !== undefined) {
    await removeEmbedded(folder);
    return;
  }
  const template = databaseOf(url);
  const { rows } = await executeOn(withDatabase(url, "postgres"), [
    `select datname from pg_database where datname like '${template.replaceAll("_", "\\_")}%'`,
  ]);
  const drops = rows.map(({ datname }) => `drop database ${String(datname)} with (force)`);
  await executeOn(withDatabase(url, "postgres"), drops);
}

/** The name of the database in a URL. */
export function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** The same URL with another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = database;
  return other.href;
}

/** Runs statements one after the other on a connection of its own, and gives the rows of the last. */
export async function executeOn(url: string, statements: string[]): Promise<{ rows: Record<string, unknown>[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return { rows };
  } finally {
    await client.end();
  }
}

async function startEmbedded(): Promise<{ url: string; folder: string }> {
  await removeKilledRuns();
  const folder = await mkdtemp(join(tmpdir(), `customer-health-tests-${process.pid}-`));
  // As root the server runs as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: folder, log });
  await server.leave();
  const { host, port, user, password, database } = server.connection;
  const url = `postgres://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
  // The databases of the tests are thrown away: no test of them is about a power cut.
  await executeOn(url, ["alter system set fsync = off", "select pg_reload_conf()"]);
  return { url, folder };
}

// A run that was killed could not clean up: its folder carries its pid. One of another user cannot be removed.
async function removeKilledRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = FOLDER_NAME.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await removeEmbedded(join(tmpdir(), name)).catch(() => undefined);
  }
}
