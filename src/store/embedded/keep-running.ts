import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../pipeline/log.ts";
import { createWatchedClient } from "../watched-client.ts";
import type { ServerConnection } from "./reach-server.ts";

const STEADY_MS = 10_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Watches a server through a connection of its own, which ends the moment that the server dies whoever started it, and
 * then has it launched again, at most every 10 s, until it runs. The returned function ends the watch.
 */
export function keepRunning(
  connection: ServerConnection,
  relaunch: () => Promise<void>,
  log: Log,
): () => Promise<void> {
  const ending = new AbortController();
  const watching = watch(connection, relaunch, log, ending.signal);
  return async () => {
    ending.abort();
    await watching;
  };
}

async function watch(
  connection: ServerConnection,
  relaunch: () => Promise<void>,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const isEnding = () => signal.aborted;
  let failures = 0;
  while (!isEnding()) {
    const since = performance.now();
    const reason = await outliveConnection(connection, signal);
    if (isEnding()) return;
    failures = performance.now() - since > STEADY_MS ? 0 : failures + 1;
    if (failures > 1) await waitBeforeAttempt(failures, signal);
    if (isEnding()) return;
    log.warn({ error: reason }, "the embedded database ended by itself and is started again");
    await relaunch().catch((error: unknown) => {
      log.error({ error }, "the embedded database could not be started again; trying on");
    });
  }
}

async function waitBeforeAttempt(failures: number, signal: AbortSignal): Promise<void> {
  const pauseMs = Math.min(LONGEST_PAUSE_MS, 50 * 2 ** failures);
  await pause(pauseMs, undefined, { signal }).catch(() => undefined);
}

// Gives the error that ended the connection, or that prevented it.
async function outliveConnection(connection: ServerConnection, signal: AbortSignal): Promise<unknown> {
  const { client, ended } = createWatchedClient({ ...connection, application_name: "customer-health watch" });
  const end = () => void client.end();
  try {
    await client.connect();
    // Not before: a client that is ended while it connects never settles.
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
    return await ended;
  } catch (error) {
    return error;
  } finally {
    signal.removeEventListener("abort", end);
  }
}
