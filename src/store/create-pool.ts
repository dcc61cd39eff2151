import type { Log } from "../pipeline/log.ts";
import pg from "pg";

const CONNECT_TIMEOUT_MS = 10_000;
const LOCK_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 60_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;

const parsers = new pg.TypeOverrides();
parsers.setTypeParser(pg.types.builtins.DATE, (value) => value);

/**
 * Makes a pool of at most `poolSize` connections that outlives the loss of any of them. timestamptz is read as a Date;
 * date as text "YYYY-MM-DD", because a Date would shift it by the zone of this machine; int8 and numeric as text.
 */
export function createPool(connection: pg.ClientConfig, { log, poolSize }: { log: Log; poolSize: number }): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max: poolSize,
    application_name: "customer-health",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    types: parsers,
  });
  // An 'error' without a listener ends the process; the pool listens on a client only while it lies idle.
  pool.on("connect", (client) => {
    client.once("error", (error) => log.warn({ error }, "a database connection was lost"));
    client.on("error", () => undefined);
  });
  pool.on("error", () => undefined);
  return pool;
}
