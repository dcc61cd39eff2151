import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../pipeline/log.ts";
import type { Cluster } from "./cluster.ts";
import { EmbeddedPostgresFailed } from "./embedded-postgres-errors.ts";
import { isAlive, isPostmaster, readPostmaster } from "./postmaster.ts";
import { reachServer } from "./reach-server.ts";
import type { RunningServer } from "./reach-server.ts";
import { programOptions } from "./run-program.ts";
import { prepareAddress, removeAddress } from "./server-address.ts";
import type { ServerAddress } from "./server-address.ts";
import { serverArguments } from "./server-settings.ts";

const POLL_MS = 20;
// A server that was killed leaves children that hold its shared memory for a moment, and a new one refuses until then.
const ATTEMPTS = 6;

/** A running server, and whether this call started it (else it was adopted). */
export type LaunchedServer = RunningServer & { startedHere: boolean };

/**
 * Adopts the running server of a cluster, or starts one: also after a crash, and when others try at the same time.
 * `known` is the address that our pools use already.
 * @throws ForeignServer, EmbeddedPostgresFailed with the server's last words
 */
export async function launchServer(cluster: Cluster, log: Log, known?: ServerAddress): Promise<LaunchedServer> {
  for (let attempt = 1; ; attempt += 1) {
    const running = await reachServer(cluster);
    if (running) {
      log.info({ pid: running.pid }, "the embedded database was running and is adopted");
      return { ...running, startedHere: false };
    }
    try {
      return await startServer(cluster, known);
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof EmbeddedPostgresFailed)) throw error;
    }
    await pause(50 * 2 ** attempt);
  }
}

async function startServer(cluster: Cluster, known: ServerAddress | undefined): Promise<LaunchedServer> {
  const stale = await readPostmaster(cluster.dataFolder);
  if (stale) await removeMisleadingFile(stale.pid, cluster.dataFolder);
  const address = await prepareAddress(cluster.user, known ?? stale?.address);
  const { child, lastWords } = await spawnServer(cluster, address);
  try {
    while (child.exitCode === null && child.signalCode === null) {
      const running = await reachServer(cluster);
      if (running) {
        if (running.address.host !== address.host) await removeAddress(address);
        return { ...running, startedHere: running.pid === child.pid };
      }
      await pause(POLL_MS);
    }
  } finally {
    child.stderr.destroy();
  }
  await removeAddress(address);
  throw new EmbeddedPostgresFailed("start", `${lastWords()}(see also ${join(cluster.dataFolder, "log")})`);
}

// Postgres takes a dead server's file for a living one when the pid has since gone to another process of its user. Should
// a server start in this very moment, its shared memory still keeps a second one out.
async function removeMisleadingFile(pid: number, dataFolder: string): Promise<void> {
  if (!isAlive(pid) || (await isPostmaster(pid, dataFolder))) return;
  await rm(join(dataFolder, "postmaster.pid"), { force: true });
}

// Detached: an interrupt from the terminal is for this process, which stops the server when it has finished with it.
// The pipe may close while the server runs: it speaks there until its log collector runs, and ignores SIGPIPE.
async function spawnServer(cluster: Cluster, address: ServerAddress) {
  const child = spawn(join(cluster.programFolder, "postgres"), serverArguments(cluster.dataFolder, address), {
    ...programOptions(cluster.user, cluster.folder),
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  child.stderr.on("data", (text: Buffer) => (words += text.toString()));
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  child.unref();
  return { child, lastWords: () => words };
}
