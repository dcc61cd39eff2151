import { readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Log } from "../../pipeline/log.ts";
import { openClusterHome } from "./cluster-home.ts";
import { openCluster } from "./cluster.ts";
import { installPostgres } from "./install-postgres.ts";
import { keepRunning } from "./keep-running.ts";
import { launchServer } from "./launch-server.ts";
import { findPostgresPackage } from "./postgres-package.ts";
import type { ServerConnection } from "./reach-server.ts";
import { stopServer } from "./stop-server.ts";

const LEFTOVER_AGE_MS = 60 * 60 * 1_000;

/** A running embedded Postgres, watched and started again whenever it dies, until `leave` or `stop`. */
export type EmbeddedPostgres = {
  /** How to connect; the same after the server was started again. */
  connection: ServerConnection;
  /** Whether the server that runs now was started by this process, rather than found running. */
  wasStartedHere: () => boolean;
  /** Ends the watch; the server goes on running. */
  leave: () => Promise<void>;
  /** Ends the watch and stops the server, whoever started it. */
  stop: () => Promise<void>;
};

/**
 * Gives the Postgres of a data folder: the one that runs already, else a new one. Makes the cluster on the first start.
 * @throws NoPostgresForPlatform, OtherMajorVersion, ClusterUnreachable, ForeignServer, EmbeddedPostgresFailed
 */
export async function startEmbeddedPostgres({
  dataDir,
  log,
}: {
  dataDir: string;
  log: Log;
}): Promise<EmbeddedPostgres> {
  const postgres = await findPostgresPackage();
  const home = await openClusterHome(dataDir, log);
  const runtimeFolder = await installPostgres(postgres, home.folder);
  const cluster = await openCluster(home, runtimeFolder, postgres.major);

  let server = await launchServer(cluster, log);
  if (server.startedHere) await removeLeftovers(home.folder, basename(runtimeFolder));
  const relaunch = async () => {
    server = await launchServer(cluster, log, server.address);
  };
  const leave = keepRunning(server.connection, relaunch, log);

  return {
    connection: server.connection,
    wasStartedHere: () => server.startedHere,
    leave,
    stop: async () => {
      await leave();
      await stopServer(cluster, log);
    },
  };
}

// Programs of earlier releases and drafts of a killed first start. A draft may be another process's work of this moment.
async function removeLeftovers(home: string, runtime: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name === "cluster" || name === runtime) continue;
    const { mtimeMs } = await stat(join(home, name));
    if (Date.now() - mtimeMs > LEFTOVER_AGE_MS) await rm(join(home, name), { recursive: true, force: true });
  }
}
