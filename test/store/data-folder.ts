import { chmod, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isPostmaster, readPostmaster } from "../../src/store/embedded/postmaster.ts";
import { startEmbeddedPostgres } from "../../src/store/embedded/start-embedded-postgres.ts";
import type { EmbeddedPostgres } from "../../src/store/embedded/start-embedded-postgres.ts";
import { createRecordingLog } from "../recording-log.ts";
import { removeEmbedded } from "../remove-embedded.ts";

/** An empty data folder for the tests of the embedded Postgres. */
export type DataFolder = {
  path: string;
  log: ReturnType<typeof createRecordingLog>;
  start: () => Promise<EmbeddedPostgres>;
  /** The folder that is Postgres' own. */
  clusterFolder: () => Promise<string>;
  /** The process of its server, and the folder of its socket, as its pid file says. */
  pid: () => Promise<number>;
  socketFolder: () => Promise<string | undefined>;
  /** Whether a process is its server; one that has ended is not, also while nobody has collected it. */
  isServer: (pid: number) => Promise<boolean>;
  /** Stops its server and removes everything. */
  remove: () => Promise<void>;
};

/** Makes a data folder that the unprivileged user of a server can enter, also when the tests run as root. */
export async function createDataFolder(parent: string = tmpdir()): Promise<DataFolder> {
  const path = await mkdtemp(join(parent, `customer-health-data-${process.pid}-`));
  await chmod(path, 0o755);
  const log = createRecordingLog();
  const start = () => startEmbeddedPostgres({ dataDir: path, log });
  const clusterFolder = async () => join(await realpath(join(path, "postgres")), "cluster");
  const readServer = async () => readPostmaster(join(await clusterFolder(), "data"));
  return {
    path,
    log,
    start,
    clusterFolder,
    pid: async () => {
      const running = await readServer();
      if (!running) throw new Error(`No server runs in ${path}.`);
      return running.pid;
    },
    socketFolder: async () => (await readServer())?.address?.host,
    isServer: async (pid) => isPostmaster(pid, join(await clusterFolder(), "data")),
    remove: () => removeEmbedded(path),
  };
}
