import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { SUPERUSER } from "./cluster.ts";
import type { Cluster } from "./cluster.ts";
import { EmbeddedPostgresFailed, ForeignServer } from "./embedded-postgres-errors.ts";
import { isPostmaster, readPostmaster } from "./postmaster.ts";
import type { ServerAddress } from "./server-address.ts";

/** How to connect to a server, in the words of `pg`. */
export type ServerConnection = { host: string; port: number; user: string; password: string; database: string };

/** A server that runs and answers. */
export type RunningServer = { pid: number; address: ServerAddress; connection: ServerConnection };

const POLL_MS = 20;
// Crash recovery replays at most max_wal_size, which a slow disk may take a minute over.
const READY_TIMEOUT_MS = 180_000;
const INVALID_PASSWORD = "28P01";

/**
 * Finds the running server of a cluster and waits until it answers; undefined when none runs (any more).
 * @throws ForeignServer when what answers is not the server of this cluster, EmbeddedPostgresFailed when it stays silent
 */
export async function reachServer(cluster: Cluster): Promise<RunningServer | undefined> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  let refusal: unknown;
  while (performance.now() < deadline) {
    const found = await readPostmaster(cluster.dataFolder);
    if (!found || !(await isPostmaster(found.pid, cluster.dataFolder))) return undefined;
    if (found.address) {
      const connection = { ...found.address, user: SUPERUSER, password: cluster.password, database: "postgres" };
      try {
        await verifyServer(connection, cluster.dataFolder);
        return { pid: found.pid, address: found.address, connection };
      } catch (error) {
        if (error instanceof ForeignServer) throw error;
        refusal = error;
      }
    }
    await pause(POLL_MS);
  }
  throw new EmbeddedPostgresFailed("waiting for it to answer", String(refusal), refusal);
}

async function verifyServer(connection: ServerConnection, dataFolder: string): Promise<void> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
    const folder = rows[0]?.folder ?? "";
    if (resolve(folder) !== dataFolder) throw new ForeignServer(dataFolder, `it serves ${folder}`);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === INVALID_PASSWORD) {
      throw new ForeignServer(dataFolder, "it refuses our password", error);
    }
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
