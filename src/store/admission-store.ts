import type { Pool, PoolClient } from "pg";
import type { AdmissionStore } from "../pipeline/admission-store-port.ts";
import { markWork } from "./mark-work.ts";
import { storableJson } from "./storable-json.ts";
import { transact } from "./transact.ts";

// Any number, the same in every release.
const LOCK_KEY = 7_205_759_405;

type Request = Parameters<AdmissionStore["admit"]>[0];
type PlayRequest = Request["plays"][number];
type WaitingRow = { key: string; company_id: string; team: string[]; due: number };

export function createAdmissionStore(pool: Pool): AdmissionStore {
  return {
    async admit(request) {
      const slugs = request.plays.map(({ slug }) => slug);
      const { rows } = await pool.query<{ play: string }>(
        `SELECT DISTINCT play FROM tasks WHERE state = 'waiting' AND play = ANY ($1)`,
        [slugs],
      );
      const waiting = new Set(rows.map(({ play }) => play));
      let count = 0;
      for (const play of request.plays.filter(({ slug }) => waiting.has(slug))) {
        // One transaction each: the companies of two plays would not be locked in the order of their ids.
        count += await transact(pool, async (client) => {
          // Two at once would each see room for as many.
          await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK_KEY]);
          const companyIds = await admitOfPlay(client, play, request);
          const hints = companyIds.map((key) => ({ kind: "deliver" as const, key, priority: request.priority }));
          await markWork(client, hints, request.now);
          return companyIds.length;
        });
      }
      return count;
    },
  };
}

/** Gives the companies of the tasks that were admitted. */
async function admitOfPlay(
  client: PoolClient,
  { slug, score, weeklyCapacity }: PlayRequest,
  { weekStart, dueAfter, now }: Request,
): Promise<string[]> {
  const counted = await client.query<{ ever: number; this_week: number }>(
    // One that was decided while the play had no capacity was made at once, and takes its place in the week too.
    `SELECT count(admitted_at)::int AS ever, (count(*) FILTER (WHERE admitted_at >= $2 OR (admitted_at IS NULL
       AND decided_at >= $2 AND state NOT IN ('waiting', 'cancelled'))))::int AS this_week
     FROM tasks WHERE play = $1`,
    [slug, weekStart],
  );
  const { ever = 0, this_week: thisWeek = 0 } = counted.rows[0] ?? {};
  const room = weeklyCapacity === null ? null : Math.max(0, weeklyCapacity - thisWeek);
  const { rows } = await client.query<WaitingRow>(
    `SELECT key, tasks.company_id, planned->'team' AS team, planned->'dueWorkingDays' AS due FROM tasks
     JOIN scores ON scores.company_id = tasks.company_id AND scores.name = $3 AND scores.value IS NOT NULL
     WHERE play = $1 AND state = 'waiting'
     ORDER BY (planned->>'rank')::float8 DESC NULLS LAST, tasks.company_id LIMIT $2`,
    [slug, room, score],
  );
  const turns = rows.map(({ key, team, due }, index) => ({
    key,
    ownerId: team[(ever + index) % team.length] ?? null,
    dueAt: dueAfter(due),
  }));
  // Until this transaction ends, no decision can make a score unknown.
  await client.query(`SELECT 1 FROM companies WHERE id = ANY ($1) ORDER BY id FOR SHARE`, [
    rows.map((row) => row.company_id),
  ]);
  // A decision may have cancelled some of them meanwhile: their place is free until the next admission.
  const admitted = await client.query<{ company_id: string }>(
    `UPDATE tasks SET state = 'planned', admitted_at = $2, changed_at = $2,
       planned = planned || jsonb_build_object('dueAt', row."dueAt") || CASE WHEN row."ownerId" IS NULL THEN '{}'
         ELSE jsonb_build_object('ownerId', row."ownerId") END
     FROM (SELECT given.* FROM tasks
           JOIN json_to_recordset($1) AS given (key text, "ownerId" text, "dueAt" text) ON given.key = tasks.key
           JOIN scores ON scores.company_id = tasks.company_id AND scores.name = $3 AND scores.value IS NOT NULL
           WHERE state = 'waiting' ORDER BY tasks.key FOR UPDATE OF tasks) AS row
     WHERE tasks.key = row.key
     RETURNING company_id`,
    [storableJson(turns), now, score],
  );
  return admitted.rows.map(({ company_id }) => company_id);
}
