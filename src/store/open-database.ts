import type { Pool } from "pg";
import type { Log } from "../pipeline/log.ts";
import { createPool } from "./create-pool.ts";
import { hasOtherClients } from "./embedded/has-other-clients.ts";
import { startEmbeddedPostgres } from "./embedded/start-embedded-postgres.ts";
import { acquireServiceLock } from "./service-lock.ts";
import type { DataFolderInUse, ServiceLock } from "./service-lock.ts";

/** Which database: a server that is given by its URL, else the embedded one of a data folder. */
export type DatabasePlace = { url: string } | { dataDir: string };

/** An open database. */
export type Database = {
  pool: Pool;
  kind: "embedded" | "given";
  /**
   * Makes this process the one service of its data folder, until `close`; `onLost` means that another one took over
   * and this one must stop. A given database is shared by replicas and needs no lock: there it does nothing.
   * @throws DataFolderInUse when another service has it
   */
  becomeService: (onLost: (error: DataFolderInUse) => void) => Promise<void>;
  /**
   * Closes the pool. An embedded server is stopped by its service, or by a command-line tool that started it and that
   * nobody else is connected beside.
   */
  close: () => Promise<void>;
};

/** A given database that cannot be reached or refuses us. */
export class DatabaseUnreachable extends Error {
  readonly host: string;

  constructor(url: string, cause: unknown) {
    const host = URL.parse(url)?.host ?? "(unreadable)";
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The database that DATABASE_URL names, on ${host}, cannot be used: ${reason}`, { cause });
    this.name = "DatabaseUnreachable";
    this.host = host;
  }
}

/**
 * Opens the database with a pool of at most `poolSize` connections.
 * @throws DatabaseUnreachable, or the errors of startEmbeddedPostgres
 */
export async function openDatabase({
  place,
  log,
  poolSize,
}: {
  place: DatabasePlace;
  log: Log;
  poolSize: number;
}): Promise<Database> {
  return "url" in place ? openGiven(place.url, log, poolSize) : openEmbedded(place.dataDir, log, poolSize);
}

async function openGiven(url: string, log: Log, poolSize: number): Promise<Database> {
  const pool = createPool({ connectionString: url }, { log, poolSize });
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw new DatabaseUnreachable(url, error);
  }
  return { pool, kind: "given", becomeService: () => Promise.resolve(), close: () => pool.end() };
}

async function openEmbedded(dataDir: string, log: Log, poolSize: number): Promise<Database> {
  const server = await startEmbeddedPostgres({ dataDir, log });
  const { connection } = server;
  const pool = createPool(connection, { log, poolSize });
  let serviceLock: ServiceLock | undefined;
  return {
    pool,
    kind: "embedded",
    becomeService: async (onLost) => {
      serviceLock = await acquireServiceLock({ connection, dataDir, log, onLost });
    },
    close: async () => {
      await pool.end();
      const isService = serviceLock?.isHeld() === true;
      await serviceLock?.release();
      await server.leave();
      if (isService || (server.wasStartedHere() && !(await hasOtherClients(connection)))) await server.stop();
    },
  };
}
