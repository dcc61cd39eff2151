import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { ServerConnection } from "./reach-server.ts";

const POLL_MS = 20;
const PATIENCE_MS = 5_000;

const COUNT_OTHERS = `
  select count(*)::int as others from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()`;

/**
 * Whether other processes are connected to a server, asked after our own connections were closed: the server may show
 * those for a moment longer. One that cannot be reached has no clients.
 */
export async function hasOtherClients(connection: ServerConnection): Promise<boolean> {
  const client = new pg.Client(connection);
  client.on("error", () => undefined);
  const deadline = performance.now() + PATIENCE_MS;
  try {
    await client.connect();
    for (;;) {
      const { rows } = await client.query<{ others: number }>(COUNT_OTHERS);
      if (rows[0]?.others === 0) return false;
      if (performance.now() > deadline) return true;
      await pause(POLL_MS);
    }
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
