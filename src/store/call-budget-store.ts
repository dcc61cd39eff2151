import type { Pool } from "pg";
import { windowSpanMs, type CallBudget, type CallDay, type Closing } from "../pipeline/call-budget-port.ts";

/** From taking a turn to the last byte of the answer: the longest wait for an open door, then the adapter's time-out. */
const LONGEST_CALL_MS = 35_000;
const KEPT_DAYS = 2;

type ClosingRow = { window: Closing["window"]; reason: Closing["reason"]; leftMs: number };

/** The calls of the portal for all processes on one database, by the clock of Postgres. */
export function createCallBudgetStore(pool: Pool): CallBudget {
  return {
    async take(window, wanted, { limit, keepFree }) {
      const { rows } = await pool.query<{ turns: number[]; next_free_ms: number | null }>(
        `SELECT turns, next_free_ms FROM take_call_turns($1, $2, $3, $4, $5 * interval '1 millisecond')`,
        [window, wanted, limit, keepFree, LONGEST_CALL_MS + windowSpanMs[window]],
      );
      return { turns: rows[0]?.turns ?? [], nextFreeInMs: Math.ceil(rows[0]?.next_free_ms ?? 0) };
    },

    async giveBack(window, turns) {
      if (turns.length === 0) return;
      await pool.query(
        `UPDATE call_turns SET free_at = clock_timestamp() + $3 * interval '1 millisecond'
         WHERE call_window = $1 AND turn = ANY ($2)`,
        [window, turns, windowSpanMs[window]],
      );
    },

    async close({ window, reason, until }, now) {
      await pool.query(
        `INSERT INTO call_closings (call_window, reason, until)
         VALUES ($1, $2, CASE WHEN $2 = 'day' THEN $3 ELSE clock_timestamp() + ($3::timestamptz - $4::timestamptz) END)
         ON CONFLICT (call_window, reason) DO UPDATE SET until = greatest(call_closings.until, excluded.until)`,
        [window, reason, until, now],
      );
    },

    async closing(window, now) {
      const { rows } = await pool.query<ClosingRow>(
        `SELECT call_window AS window, reason, left_ms::float AS "leftMs"
         FROM call_closings, LATERAL (SELECT 1000 * extract(epoch FROM
           until - CASE WHEN reason = 'day' THEN $2 ELSE clock_timestamp() END) AS left_ms) AS shut
         WHERE call_window IN ('all', $1) AND left_ms > 0
         ORDER BY left_ms DESC LIMIT 1`,
        [window, now],
      );
      const [row] = rows;
      if (row === undefined) return null;
      return { window: row.window, reason: row.reason, until: new Date(now.getTime() + Math.ceil(row.leftMs)) };
    },

    async learnDay({ limit, remaining, resetsAt, at }) {
      await pool.query(
        `INSERT INTO call_days (resets_at, call_limit, remaining, told_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (resets_at) DO UPDATE
           SET call_limit = excluded.call_limit, remaining = excluded.remaining, told_at = excluded.told_at
           WHERE call_days.told_at IS NULL OR call_days.told_at <= excluded.told_at`,
        [resetsAt, limit, remaining, at],
      );
    },

    async readDay() {
      const { rows } = await pool.query<CallDay>(
        `SELECT call_limit AS "limit", remaining, resets_at AS "resetsAt", told_at AS at FROM call_days
         WHERE told_at IS NOT NULL ORDER BY told_at DESC, resets_at DESC LIMIT 1`,
      );
      return rows[0] ?? null;
    },

    async countAssociations(calls, resetsAt) {
      const { rows } = await pool.query<{ association_calls: number }>(
        `WITH forgotten AS (DELETE FROM call_days WHERE resets_at < $2::timestamptz - $3 * interval '1 day')
         INSERT INTO call_days (resets_at, association_calls) VALUES ($2, $1)
         ON CONFLICT (resets_at) DO UPDATE SET association_calls = call_days.association_calls + excluded.association_calls
         RETURNING association_calls`,
        [calls, resetsAt, KEPT_DAYS],
      );
      return rows[0]?.association_calls ?? calls;
    },
  };
}
