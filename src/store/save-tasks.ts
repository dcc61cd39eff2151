import type { PoolClient } from "pg";
import type { Decision } from "../scoring/decision.ts";
import type { PlannedTask } from "../scoring/plays/plan-tasks.ts";
import { storableJson } from "./storable-json.ts";

/** Keeps new tasks; those of plays that make only so many in a week, or by turns, wait to be admitted. */
export async function insertTasks(client: PoolClient, tasks: readonly PlannedTask[], now: Date): Promise<void> {
  if (tasks.length === 0) return;
  const rows = tasks.map((task) => {
    const { key, companyId: company_id, play, weeklyCapacity, team } = task;
    const state = weeklyCapacity === null && team.length === 0 ? "planned" : "waiting";
    return { key, company_id, play, state, planned: { ...task, call: undefined } };
  });
  await client.query(
    `INSERT INTO tasks (key, company_id, play, state, planned, decided_at, changed_at)
     SELECT key, company_id, play, state, planned, $2, $2
     FROM json_to_recordset($1) AS row (key text, company_id text, play text, state text, planned jsonb)`,
    [storableJson(rows), now],
  );
}

/**
 * Keeps standing tasks as they should be now. One that HubSpot has is to be updated there, one that it may have is
 * compared with what was sent once it is found. A task that a team takes in turn keeps its owner; should another team
 * take over, its first member gets it. Gives the company of each task that HubSpot has, or may have.
 */
export async function updateTasks(client: PoolClient, updates: readonly PlannedTask[], now: Date): Promise<string[]> {
  if (updates.length === 0) return [];
  const rows = updates.map(({ call, ...planned }) => ({ key: planned.key, call, planned }));
  const { rows: updated } = await client.query<{ company_id: string; state: string }>(
    `UPDATE tasks SET changed_at = $2, planned = row.next,
       state = CASE WHEN state = 'open' AND planned <> row.next THEN 'updating' ELSE state END,
       -- What a release without this column has sent.
       sent = CASE WHEN sent = '[]' AND state = 'open' THEN jsonb_build_array(planned) ELSE sent END,
       called = coalesce(row.call, called),
       called_at = CASE WHEN row.call IS NULL THEN called_at ELSE $2 END
     FROM (SELECT given.key, given.call, CASE
             WHEN state = 'waiting' OR given.planned->'team' = '[]' THEN given.planned
             WHEN given.planned->'team' ? (tasks.planned->>'ownerId')
               THEN given.planned || jsonb_build_object('ownerId', tasks.planned->'ownerId')
             ELSE given.planned || jsonb_build_object('ownerId', given.planned->'team'->0) END AS next
           FROM tasks JOIN json_to_recordset($1) AS given (key text, call text, planned jsonb) ON given.key = tasks.key
           WHERE state IN ('waiting', 'planned', 'sending', 'open', 'updating') AND closing_reason IS NULL
           ORDER BY tasks.key FOR UPDATE OF tasks) AS row
     WHERE tasks.key = row.key AND (row.call IS NOT NULL OR CASE WHEN state = 'waiting'
       -- Counted anew once it is admitted.
       THEN planned - 'dueAt' <> row.next - 'dueAt' ELSE planned <> row.next END)
     RETURNING company_id, state`,
    [storableJson(rows), now],
  );
  return updated.flatMap(({ company_id, state }) => (["sending", "updating"].includes(state) ? [company_id] : []));
}

/**
 * A task that HubSpot does not have yet is cancelled; one that it may have is closed once that is certain; one that a
 * person has touched stays theirs. Gives the company of each task that is ended by it.
 */
export async function endTasks(client: PoolClient, closings: Decision["closings"], now: Date): Promise<string[]> {
  if (closings.length === 0) return [];
  const { rows } = await client.query<{ company_id: string }>(
    `UPDATE tasks SET closing_reason = row.reason, changed_at = $2,
       state = CASE WHEN state IN ('waiting', 'planned') THEN 'cancelled'
         WHEN state IN ('open', 'updating') THEN 'closing' ELSE state END
     FROM (SELECT given.* FROM tasks JOIN json_to_recordset($1) AS given (key text, reason text) ON given.key = tasks.key
           WHERE state IN ('waiting', 'planned', 'sending', 'open', 'updating')
           ORDER BY tasks.key FOR UPDATE OF tasks) AS row
     WHERE tasks.key = row.key
     RETURNING company_id`,
    [storableJson(closings), now],
  );
  return rows.map((row) => row.company_id);
}
