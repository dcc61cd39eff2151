import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { Claim, WorkCount, WorkKind, WorkStore } from "../pipeline/store-port.ts";
import { markWork, priorityNumber } from "./mark-work.ts";
import { transact } from "./transact.ts";

/** A crashed worker's rows are free again after this; a living one prolongs its leases long before. */
const LEASE_MS = 30_000;
/** HubSpot was seen to answer half a second late: a read that began sooner after the hint may have missed the change. */
const SETTLE_MS = 1_000;
const MOST_ATTEMPTS = 5;
const FIRST_BACKOFF_MS = 5_000;

type Row = { kind: WorkKind; key: string; seq: string; attempts: number; priority: number; firstAt: Date };

export function createWorkStore(pool: Pool): WorkStore {
  return {
    mark: (hints, now) => transact(pool, (client) => markWork(client, hints, now)),

    async claim(kind, limit, now) {
      const lease = randomUUID();
      const until = new Date(now.getTime() + LEASE_MS);
      const { rows } = await pool.query<Row>(
        // Materialized: joined anew for every row, the limit would count for each of them.
        `WITH due AS MATERIALIZED (
           SELECT kind, key FROM work
           WHERE kind = $1 AND due_at <= $3 AND (locked_until IS NULL OR locked_until <= $3)
           ORDER BY priority, due_at, key LIMIT $2 FOR UPDATE SKIP LOCKED),
         claimed AS (
           UPDATE work SET lease = $4, locked_until = $5 FROM due WHERE work.kind = due.kind AND work.key = due.key
           RETURNING work.*)
         SELECT kind, key, seq, attempts, priority, first_at AS "firstAt" FROM claimed ORDER BY priority, due_at, key`,
        [kind, limit, now, lease, until],
      );
      return rows.map((row): Claim => {
        const priority = row.priority === priorityNumber.webhook ? "webhook" : "sweep";
        return { ...row, priority, lease };
      });
    },

    async keep(claims, now) {
      const [first] = claims;
      if (!first) return;
      await pool.query(
        `UPDATE work SET locked_until = $4
         FROM (SELECT kind, key FROM work WHERE kind = $1 AND key = ANY ($2) AND lease = $3
               ORDER BY key FOR UPDATE) AS mine
         WHERE work.kind = mine.kind AND work.key = mine.key`,
        [first.kind, keysOf(claims), first.lease, new Date(now.getTime() + LEASE_MS)],
      );
    },

    async finish(claims, readAt, now) {
      const [first] = claims;
      if (!first) return;
      const settled = first.kind === "refresh" ? new Date(readAt.getTime() - SETTLE_MS) : null;
      await transact(pool, async (client) => {
        // Locked in the order of keys, as hints are: see markWork.
        await client.query(`SELECT 1 FROM work WHERE kind = $1 AND key = ANY ($2) ORDER BY key FOR UPDATE`, [
          first.kind,
          keysOf(claims),
        ]);
        const { rows } = await client.query<{ key: string }>(
          `DELETE FROM work USING json_to_recordset($2) AS done (key text, seq bigint)
           WHERE work.kind = $1 AND work.key = done.key AND work.seq = done.seq AND work.lease = $3
             AND ($4::timestamptz IS NULL OR work.hinted_at <= $4)
           RETURNING work.key`,
          [first.kind, JSON.stringify(claims.map(({ key, seq }) => ({ key, seq }))), first.lease, settled],
        );
        await client.query(`DELETE FROM dead_letters WHERE kind = $1 AND key = ANY ($2)`, [
          first.kind,
          rows.map(({ key }) => key),
        ]);
        await client.query(
          `UPDATE work SET lease = NULL, locked_until = NULL, first_at = hinted_at,
             due_at = greatest(due_at, hinted_at + $4 * interval '1 millisecond', $5)
           WHERE kind = $1 AND key = ANY ($2) AND lease = $3`,
          [first.kind, keysOf(claims), first.lease, settled ? SETTLE_MS : 0, now],
        );
      });
    },

    async release(claims, dueAt) {
      const [first] = claims;
      if (!first) return;
      await transact(pool, async (client) => {
        await client.query(`SELECT 1 FROM work WHERE kind = $1 AND key = ANY ($2) ORDER BY key FOR UPDATE`, [
          first.kind,
          keysOf(claims),
        ]);
        await client.query(
          `UPDATE work SET lease = NULL, locked_until = NULL, due_at = greatest(due_at, $4)
           WHERE kind = $1 AND key = ANY ($2) AND lease = $3`,
          [first.kind, keysOf(claims), first.lease, dueAt],
        );
      });
    },

    refuse: (claim, refusal, now) =>
      transact(pool, async (client) => {
        const { kind, key, seq, lease } = claim;
        const attempts = claim.attempts + 1;
        if (attempts < MOST_ATTEMPTS) {
          const dueAt = new Date(now.getTime() + FIRST_BACKOFF_MS * 2 ** (attempts - 1));
          await client.query(
            `UPDATE work SET lease = NULL, locked_until = NULL, last_error = $4,
               attempts = CASE WHEN seq = $5 THEN $6 ELSE attempts END,
               due_at = CASE WHEN seq = $5 THEN $7 ELSE due_at END
             WHERE kind = $1 AND key = $2 AND lease = $3`,
            [kind, key, lease, refusal.message, seq, attempts, dueAt],
          );
          return "later";
        }
        const dead = await client.query(`DELETE FROM work WHERE kind = $1 AND key = $2 AND lease = $3 AND seq = $4`, [
          kind,
          key,
          lease,
          seq,
        ]);
        if (dead.rowCount === 0) {
          await client.query(
            `UPDATE work SET lease = NULL, locked_until = NULL WHERE kind = $1 AND key = $2 AND lease = $3`,
            [kind, key, lease],
          );
          return "later";
        }
        await client.query(
          `INSERT INTO dead_letters (kind, key, died_at, attempts, reason, correlation_id)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (kind, key) DO UPDATE SET died_at = excluded.died_at, attempts = excluded.attempts,
             reason = excluded.reason, correlation_id = excluded.correlation_id`,
          [kind, key, now, attempts, refusal.message, refusal.correlationId],
        );
        return "dead";
      }),

    async releaseAll() {
      await pool.query(`UPDATE work SET lease = NULL, locked_until = NULL WHERE lease IS NOT NULL`);
    },

    async count(now) {
      const { rows } = await pool.query<WorkCount>(
        `SELECT kind, coalesce(waiting, 0)::int AS waiting, coalesce(dead, 0)::int AS dead,
           coalesce(greatest(0, extract(epoch FROM $1 - oldest)), 0)::float AS "oldestDueSeconds"
         FROM unnest(ARRAY['refresh', 'forget', 'rescore', 'deliver', 'sweep']) AS kinds (kind)
         LEFT JOIN (SELECT kind, count(*) AS waiting, min(due_at) AS oldest FROM work GROUP BY kind) AS w USING (kind)
         LEFT JOIN (SELECT kind, count(*) AS dead FROM dead_letters GROUP BY kind) AS d USING (kind)`,
        [now],
      );
      return rows;
    },
  };
}

function keysOf(claims: readonly Claim[]): string[] {
  return claims.map(({ key }) => key);
}
