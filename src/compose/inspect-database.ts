import { statfs } from "node:fs/promises";
import type { Environment } from "../config/environment.ts";
import type { DatabaseState } from "../pipeline/doctor/gathered.ts";
import type { Log } from "../pipeline/log.ts";
import { openDatabase } from "../store/open-database.ts";
import { readDatabaseState } from "../store/read-database-state.ts";

/** Opens the environment's database beside whoever uses it, looks, and closes it. Migrates nothing. */
export async function inspectDatabase(
  { databaseUrl, dataDir }: Pick<Environment, "databaseUrl" | "dataDir">,
  log: Log,
): Promise<DatabaseState> {
  try {
    const place = databaseUrl === null ? { dataDir } : { url: databaseUrl };
    const { pool, kind, close } = await openDatabase({ place, log, poolSize: 1 });
    try {
      return {
        kind,
        freeBytes: kind === "embedded" ? await readFreeBytes(dataDir) : null,
        ...(await readDatabaseState(pool)),
      };
    } finally {
      await close();
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function readFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
