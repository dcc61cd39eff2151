import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 10;
// https://www.postgresql.org/docs/current/errcodes-appendix.html: serialization_failure, deadlock_detected
const REPEATABLE = new Set(["40001", "40P01"]);

/** A commit that the server turned into a rollback, because `work` went on after a statement had failed. */
export class TransactionRolledBack extends Error {
  constructor() {
    super("The transaction was rolled back instead of committed: a statement in it failed, and the error was caught.");
    this.name = "TransactionRolledBack";
  }
}

/**
 * Runs `work` in one transaction and gives its result. Any error rolls back and is thrown as it came. After a deadlock
 * or a serialization failure the whole of `work` runs again, up to six times: it must have no effect outside the
 * transaction.
 */
export async function transact<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transactOnce(pool, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isRepeatable(error)) throw error;
      await pause(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
}

async function transactOnce<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isClean = false;
  try {
    await client.query("begin");
    const result = await work(client);
    const { command } = await client.query("commit");
    isClean = true;
    if (command !== "COMMIT") throw new TransactionRolledBack();
    return result;
  } catch (error) {
    if (!isClean) isClean = await rollBack(client);
    throw error;
  } finally {
    client.release(!isClean);
  }
}

// False when the connection is of no more use: the server then rolls back by itself.
async function rollBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query("rollback");
    return true;
  } catch {
    return false;
  }
}

function isRepeatable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && REPEATABLE.has(error.code ?? "");
}
