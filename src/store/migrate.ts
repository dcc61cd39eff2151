import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Pool, PoolClient } from "pg";
import type { Log } from "../pipeline/log.ts";

const MIGRATIONS_FOLDER = fileURLToPath(new URL("./migrations/", import.meta.url));
const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;
// Any number, the same in every release.
const LOCK_KEY = 7_205_759_404;

const CREATE_TABLE = `
  create table if not exists schema_migrations (
    id int primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`;

type Migration = { id: number; name: string; sql: string; checksum: string };
type AppliedMigration = Pick<Migration, "id" | "name" | "checksum">;

/** A migration that cannot be applied, or that does not fit what the database has seen. */
export class MigrationRefused extends Error {
  readonly migration: string;

  constructor(migration: string, reason: string, cause?: unknown) {
    super(`Migration ${migration} ${reason}.`, { cause });
    this.name = "MigrationRefused";
    this.migration = migration;
  }
}

/**
 * Brings the schema to this release: applies the files `0001-words.sql` of `folder` that the database has not seen, in
 * order, each in a transaction; of several replicas that start at once, one does it and the others wait. Gives the
 * names of those applied now. A schema newer than this release is left alone, with a warning: during a rolling upgrade
 * the old release works on beside the new one.
 * @throws MigrationRefused when an applied file was changed or is gone, when a new one is numbered below an applied
 * one, or when its SQL fails
 */
export async function migrate(pool: Pool, log: Log, folder: string = MIGRATIONS_FOLDER): Promise<string[]> {
  const known = await readMigrations(folder);
  const client = await pool.connect();
  try {
    await client.query("set lock_timeout = 0; set statement_timeout = 0");
    await client.query("select pg_advisory_lock($1)", [LOCK_KEY]);
    await client.query(CREATE_TABLE);
    const { rows } = await client.query<AppliedMigration>(
      "select id, name, checksum from schema_migrations order by id",
    );
    const pending = findPending(known, rows, log);
    for (const migration of pending) await apply(client, migration);
    if (pending.length > 0)
      log.info({ migrations: pending.map(({ name }) => name) }, "the database schema was updated");
    return pending.map(({ name }) => name);
  } finally {
    // Closed rather than given back: that ends the lock and the settings.
    client.release(true);
  }
}

/** The migrations of this release, in order. */
export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const id = Number(FILE_NAME.exec(name)?.[1]);
      if (id !== index + 1) throw new MigrationRefused(name, `is not named and numbered in order, like 0001-words.sql`);
      // A checkout on Windows may have other line ends.
      const sql = (await readFile(join(folder, name), "utf8")).replaceAll("\r\n", "\n");
      return { id, name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

function findPending(known: Migration[], applied: AppliedMigration[], log: Log): Migration[] {
  const latest = applied.at(-1)?.id ?? 0;
  const appliedById = new Map(applied.map((migration) => [migration.id, migration]));
  for (const { id, name, checksum } of known) {
    const before = appliedById.get(id);
    if (!before && id < latest)
      throw new MigrationRefused(name, `comes below number ${latest}, which is applied already`);
    if (before && before.checksum !== checksum) throw new MigrationRefused(name, "was changed after it was applied");
  }
  const newer = applied.filter(({ id }) => id > known.length).map(({ name }) => name);
  if (newer.length > 0) log.warn({ migrations: newer }, "the database schema is newer than this release");
  return known.filter(({ id }) => id > latest);
}

async function apply(client: PoolClient, { id, name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query("insert into schema_migrations (id, name, checksum) values ($1, $2, $3)", [id, name, checksum]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new MigrationRefused(name, `failed`, error);
  }
}
