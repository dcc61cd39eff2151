import type { Pool, PoolClient } from "pg";
import type { Sweep, SweepStore } from "../pipeline/sweep-store-port.ts";
import { markWork } from "./mark-work.ts";
import { transact } from "./transact.ts";

export function createSweepStore(pool: Pool): SweepStore {
  return {
    request: (scheduledFor, { tasksForCurrent }, now) =>
      transact(pool, (client) => insertSweep(client, scheduledFor, tasksForCurrent, now)),

    requestForRules: (hash, scheduledFor, now) =>
      transact(pool, async (client) => {
        // The row is locked until the commit: a replica that asks at the same time waits, and then finds it changed.
        const changed = await client.query(
          `INSERT INTO settings (name, value) VALUES ('ruleset', $1)
           ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE settings.value <> excluded.value`,
          [JSON.stringify({ hash })],
        );
        if (changed.rowCount !== 1) return false;
        // One that was asked for at the same instant by other rules may have ended already.
        let at = scheduledFor;
        while (!(await insertSweep(client, at, false, now))) at = new Date(at.getTime() + 1);
        return true;
      }),

    async next() {
      const { rows } = await pool.query<Sweep>(
        `SELECT id, scheduled_for AS "scheduledFor", tasks_for_current AS "tasksForCurrent", cursor
         FROM sweeps WHERE finished_at IS NULL ORDER BY scheduled_for LIMIT 1`,
      );
      return rows[0] ?? null;
    },

    async saveCursor(id, cursor) {
      await pool.query(`UPDATE sweeps SET cursor = $2 WHERE id = $1`, [id, cursor]);
    },

    async finish(id, counts, now) {
      await pool.query(`UPDATE sweeps SET finished_at = $2, counts = $3 WHERE id = $1`, [
        id,
        now,
        JSON.stringify(counts),
      ]);
    },

    async lastFinished() {
      const { rows } = await pool.query<{ scheduledFor: Date; finishedAt: Date }>(
        `SELECT scheduled_for AS "scheduledFor", finished_at AS "finishedAt"
         FROM sweeps WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1`,
      );
      return rows[0] ?? null;
    },
  };
}

async function insertSweep(
  client: PoolClient,
  scheduledFor: Date,
  tasksForCurrent: boolean,
  now: Date,
): Promise<boolean> {
  const inserted = await client.query(
    `INSERT INTO sweeps (scheduled_for, tasks_for_current, requested_at) VALUES ($1, $2, $3)
     ON CONFLICT (scheduled_for) DO NOTHING`,
    [scheduledFor, tasksForCurrent, now],
  );
  if (inserted.rowCount === 0) return false;
  await markWork(client, [{ kind: "sweep", key: "nightly", priority: "sweep" }], now);
  return true;
}
