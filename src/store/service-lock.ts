import { setTimeout as pause } from "node:timers/promises";
import type { ClientConfig } from "pg";
import type { Log } from "../pipeline/log.ts";
import { createWatchedClient } from "./watched-client.ts";
import type { WatchedClient } from "./watched-client.ts";

// Any number, the same in every release.
const LOCK_KEY = 7_205_759_403;
const RETRY_MS = 100;
// A server needs a moment to see that the service which held the lock has died.
const PATIENCE_MS = 2_000;

/** Another service works with this data folder. */
export class DataFolderInUse extends Error {
  readonly dataDir: string;

  constructor(dataDir: string) {
    super(`Another service runs on the data folder ${dataDir}: stop it first, or give this one a folder of its own.`);
    this.name = "DataFolderInUse";
    this.dataDir = dataDir;
  }
}

/** The right to be the one service of a data folder, until `release`. */
export type ServiceLock = { isHeld: () => boolean; release: () => Promise<void> };

/**
 * Takes the lock of a data folder: a session lock on a connection of its own, so that the server gives it up when this
 * process dies in whatever way. If the connection is lost, the lock is taken again; if another service holds it by
 * then, `onLost` is called, once, and this service must stop.
 * @throws DataFolderInUse when another service holds it
 */
export async function acquireServiceLock({
  connection,
  dataDir,
  log,
  onLost,
}: {
  connection: ClientConfig;
  dataDir: string;
  log: Log;
  onLost: (error: DataFolderInUse) => void;
}): Promise<ServiceLock> {
  let session = await lock(connection, dataDir);
  let state: "held" | "lost" | "released" = "held";
  const isReleased = () => state === "released";

  const retake = async () => {
    while (!isReleased()) {
      try {
        session = await lock(connection, dataDir);
        if (isReleased()) await session.client.end();
        return;
      } catch (error) {
        if (error instanceof DataFolderInUse) throw error;
        await pause(RETRY_MS);
      }
    }
  };
  const keep = async () => {
    while (!isReleased()) {
      const reason = await session.ended;
      if (isReleased()) return;
      log.warn({ error: reason }, "the lock on the data folder was lost with its connection and is taken again");
      await retake();
    }
  };
  const keeping = keep().catch(() => {
    if (isReleased()) return;
    state = "lost";
    onLost(new DataFolderInUse(dataDir));
  });

  return {
    isHeld: () => state === "held",
    release: async () => {
      state = "released";
      await session.client.end();
      await keeping;
    },
  };
}

async function lock(connection: ClientConfig, dataDir: string): Promise<WatchedClient> {
  const session = createWatchedClient({ ...connection, application_name: "customer-health service" });
  try {
    await session.client.connect();
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await tryLock(session))) {
      if (performance.now() > deadline) throw new DataFolderInUse(dataDir);
      await pause(RETRY_MS);
    }
    return session;
  } catch (error) {
    await session.client.end();
    throw error;
  }
}

async function tryLock({ client }: WatchedClient): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock($1) as locked", [LOCK_KEY]);
  return rows[0]?.locked === true;
}
