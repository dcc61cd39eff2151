import type { Pool } from "pg";
import type { DatabaseState } from "../pipeline/doctor/gathered.ts";
import { readMigrations } from "./migrate.ts";
import { createSettingStore } from "./setting-store.ts";

type SchemaState = Pick<Exclude<DatabaseState, { problem: string }>, "version" | "pending" | "unknown" | "portalId">;

/** What a database has seen of this release's migrations, and whose it is. Changes nothing. */
export async function readDatabaseState(pool: Pool): Promise<SchemaState> {
  const { rows: versions } = await pool.query<{ server_version: string }>("show server_version");
  const version = versions[0]?.server_version ?? "";
  const known = (await readMigrations()).map(({ name }) => name);
  const { rows: tables } = await pool.query("select where to_regclass('schema_migrations') is not null");
  if (tables.length === 0) return { version, pending: known, unknown: [], portalId: null };

  const { rows } = await pool.query<{ name: string }>("select name from schema_migrations order by id");
  const applied = rows.map(({ name }) => name);
  const portal = applied.length > 0 ? await createSettingStore(pool).read("portal") : null;
  return {
    version,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
    portalId: portal?.portalId ?? null,
  };
}
