import type { PoolClient } from "pg";
import type { WorkHint, WorkKind } from "../pipeline/store-port.ts";

/**
 * How long a hint waits for more of its kind (ms), and the longest that a row may be put off by them. Reads wait: HubSpot
 * has been seen to answer with what stood half a second before, and a burst of events is then one read.
 */
const waits: Record<WorkKind, { quietMs: number; mostMs: number }> = {
  refresh: { quietMs: 1_000, mostMs: 5_000 },
  forget: { quietMs: 0, mostMs: 0 },
  rescore: { quietMs: 0, mostMs: 0 },
  deliver: { quietMs: 0, mostMs: 0 },
  sweep: { quietMs: 0, mostMs: 0 },
};

/** Smaller is more urgent. */
export const priorityNumber = { webhook: 0, sweep: 1 } as const;

/**
 * Marks things as stale within a transaction. The row is locked until the commit, so no worker can take it and read
 * before what the hint tells of is there to be read. Rows are written in the order of their keys: two producers that
 * take them in different orders deadlock.
 */
export async function markWork(client: PoolClient, hints: readonly WorkHint[], now: Date): Promise<void> {
  const rows = new Map<string, { kind: WorkKind; key: string; priority: number; quiet: number; most: number }>();
  for (const { kind, key, priority } of hints) {
    const id = `${kind} ${key}`;
    const number = Math.min(rows.get(id)?.priority ?? priorityNumber.sweep, priorityNumber[priority]);
    rows.set(id, { kind, key, priority: number, quiet: waits[kind].quietMs, most: waits[kind].mostMs });
  }
  if (rows.size === 0) return;
  await client.query(
    `INSERT INTO work AS w (kind, key, seq, priority, first_at, hinted_at, due_at)
     SELECT kind, key, 1, priority, $2, $2, $2::timestamptz + quiet * interval '1 millisecond'
     FROM json_to_recordset($1) AS hint (kind text, key text, priority smallint, quiet int, most int)
     ORDER BY kind, key COLLATE "C"
     ON CONFLICT (kind, key) DO UPDATE SET
       seq = w.seq + 1,
       priority = least(w.priority, excluded.priority),
       -- A row that is being worked on begins anew: what came before is being read now.
       first_at = CASE WHEN w.lease IS NULL THEN w.first_at ELSE excluded.first_at END,
       hinted_at = greatest(w.hinted_at, excluded.hinted_at),
       due_at = least(
         CASE WHEN w.lease IS NULL THEN w.first_at ELSE excluded.first_at END
           + (SELECT most * interval '1 millisecond' FROM json_to_recordset($1) AS hint (kind text, most int)
              WHERE hint.kind = excluded.kind LIMIT 1),
         excluded.due_at),
       attempts = 0`,
    [JSON.stringify([...rows.values()]), now],
  );
}
