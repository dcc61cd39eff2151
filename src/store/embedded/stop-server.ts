import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../pipeline/log.ts";
import type { Cluster } from "./cluster.ts";
import { EmbeddedPostgresFailed } from "./embedded-postgres-errors.ts";
import { isPostmaster, readPostmaster } from "./postmaster.ts";
import { runProgram } from "./run-program.ts";
import { removeAddress } from "./server-address.ts";

const FAST_TIMEOUT_MS = 30_000;
const IMMEDIATE_TIMEOUT_MS = 10_000;
const SIGNAL_TIMEOUT_MS = 10_000;
const POLL_MS = 10;

/**
 * Stops the server of a cluster, if it runs, and waits until it is gone: first "fast" (sessions are ended, everything
 * is written), and if that takes over 30 s "immediate" (the next start recovers; nothing that was committed is lost).
 * @throws EmbeddedPostgresFailed when it does not stop
 */
export async function stopServer(cluster: Cluster, log: Log): Promise<void> {
  const running = await readPostmaster(cluster.dataFolder);
  if (!running || !(await isPostmaster(running.pid, cluster.dataFolder))) return;
  if (!(await endServer(cluster, running.pid, "INT", FAST_TIMEOUT_MS))) {
    log.warn({ pid: running.pid }, "the embedded database did not stop in time and is stopped at once");
    if (!(await endServer(cluster, running.pid, "QUIT", IMMEDIATE_TIMEOUT_MS))) {
      throw new EmbeddedPostgresFailed("stop", `process ${running.pid} goes on running`);
    }
  }
  if (running.address) await removeAddress(running.address);
}

// Waits for the process rather than, as `pg_ctl stop` does, for its pid file: another process may start the server anew.
async function endServer(cluster: Cluster, pid: number, signal: "INT" | "QUIT", timeoutMs: number): Promise<boolean> {
  const options = { user: cluster.user, folder: cluster.folder, timeoutMs: SIGNAL_TIMEOUT_MS };
  await runProgram("stop", join(cluster.programFolder, "pg_ctl"), ["kill", signal, String(pid)], options);
  const deadline = performance.now() + timeoutMs;
  while (await isPostmaster(pid, cluster.dataFolder)) {
    if (performance.now() > deadline) return false;
    await pause(POLL_MS);
  }
  return true;
}
