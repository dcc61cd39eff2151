import type { Pool, PoolClient } from "pg";
import type { AdmissionStore } from "../pipeline/admission-store-port.ts";
import { markWork } from "./mark-work.ts";
import { storableJson } from "./storable-json.ts";
import { transact } from "./transact.ts";

// Any number, the same in every release.
const LOCK_KEY = 7_205_759_405;

type WaitingRow = { key: string; company_id: string; team: string[] };

export function createAdmissionStore(pool: Pool): AdmissionStore {
  return {
    async admit({ plays, weekStart, priority, now }) {
      const slugs = plays.map(({ slug }) => slug);
      const { rows } = await pool.query<{ play: string }>(
        `SELECT DISTINCT play FROM tasks WHERE state = 'waiting' AND play = ANY ($1)`,
        [slugs],
      );
      if (rows.length === 0) return 0;
      const waiting = new Set(rows.map(({ play }) => play));
      return transact(pool, async (client) => {
        // Two at once would each see room for as many.
        await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK_KEY]);
        const companyIds: string[] = [];
        for (const { slug, weeklyCapacity } of plays.filter((play) => waiting.has(play.slug))) {
          companyIds.push(...(await admitOfPlay(client, slug, weeklyCapacity, weekStart, now)));
        }
        const hints = companyIds.map((key) => ({ kind: "deliver" as const, key, priority }));
        await markWork(client, hints, now);
        return companyIds.length;
      });
    },
  };
}

/** Gives the companies of the tasks that were admitted. */
async function admitOfPlay(
  client: PoolClient,
  play: string,
  weeklyCapacity: number | null,
  weekStart: Date,
  now: Date,
): Promise<string[]> {
  const counted = await client.query<{ ever: number; this_week: number }>(
    `SELECT count(*)::int AS ever, (count(*) FILTER (WHERE admitted_at >= $2))::int AS this_week
     FROM tasks WHERE play = $1 AND admitted_at IS NOT NULL`,
    [play, weekStart],
  );
  const { ever = 0, this_week: thisWeek = 0 } = counted.rows[0] ?? {};
  const room = weeklyCapacity === null ? null : Math.max(0, weeklyCapacity - thisWeek);
  const { rows } = await client.query<WaitingRow>(
    `SELECT key, company_id, planned->'team' AS team FROM tasks WHERE play = $1 AND state = 'waiting'
     ORDER BY (planned->>'rank')::float8 DESC, company_id LIMIT $2`,
    [play, room],
  );
  const turns = rows.map(({ key, team }, index) => ({ key, ownerId: team[(ever + index) % team.length] ?? null }));
  // A decision may have cancelled some of them meanwhile: their place is free until the next admission.
  const admitted = await client.query<{ company_id: string }>(
    `UPDATE tasks SET state = 'planned', admitted_at = $2, changed_at = $2,
       planned = CASE WHEN row."ownerId" IS NULL THEN planned
         ELSE planned || jsonb_build_object('ownerId', row."ownerId") END
     FROM (SELECT given.* FROM tasks JOIN json_to_recordset($1) AS given (key text, "ownerId" text) ON given.key = tasks.key
           WHERE state = 'waiting' ORDER BY tasks.key FOR UPDATE OF tasks) AS row
     WHERE tasks.key = row.key
     RETURNING company_id`,
    [storableJson(turns), now],
  );
  return admitted.rows.map(({ company_id }) => company_id);
}
