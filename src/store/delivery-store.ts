import type { Pool } from "pg";
import type { Delivery, DeliveryStore, OutboxTask, TaskState } from "../pipeline/store-port.ts";
import { storableJson } from "./storable-json.ts";
import { transact } from "./transact.ts";

type TaskRow = {
  company_id: string;
  state: TaskState;
  planned: Omit<OutboxTask["task"], "dueAt"> & { dueAt: string };
  task_id: string | null;
  closing_reason: string | null;
  sent_at: Date | null;
};
/** What is known of a task that is to be changed. */
type Given = { key: string; taskId?: string; message?: string; seen?: TaskState };
const byKey = (keys: readonly string[]): Given[] => keys.map((key) => ({ key }));
/** A task whose cause went while it was on its way is no longer wanted. */
const NOT_MADE = `CASE WHEN closing_reason IS NULL THEN 'planned' ELSE 'cancelled' END`;
const COLUMNS = "company_id, state, planned, task_id, closing_reason, sent_at";

export function createDeliveryStore(pool: Pool): DeliveryStore {
  /** Changes those of these tasks that `which` holds for, and gives their keys; `row` is what was given of each. */
  const move = async (given: readonly Given[], set: string, which: string, now: Date): Promise<string[]> => {
    if (given.length === 0) return [];
    // Locked in the order of keys: two that lock the same rows in different orders deadlock.
    const moved = await transact(pool, (client) =>
      client.query<{ key: string }>(
        `UPDATE tasks SET changed_at = $2, ${set}
         FROM (SELECT row.* FROM tasks
               JOIN json_to_recordset($1) AS row (key text, "taskId" text, message text, seen text) ON row.key = tasks.key
               WHERE ${which} ORDER BY tasks.key FOR UPDATE OF tasks) AS row
         WHERE tasks.key = row.key
         RETURNING tasks.key`,
        [storableJson(given), now],
      ),
    );
    return moved.rows.map(({ key }) => key);
  };

  return {
    async load(companyIds) {
      const companies = await pool.query<Omit<Delivery, "tasks">>(
        `SELECT id AS "companyId", coalesce(decided, '{}') AS "values", written FROM companies
         WHERE id = ANY ($1) ORDER BY id`,
        [companyIds],
      );
      const tasks = await pool.query<TaskRow>(
        `SELECT ${COLUMNS} FROM tasks WHERE company_id = ANY ($1) AND state IN ('planned', 'sending', 'closing')
         ORDER BY key`,
        [companyIds],
      );
      return companies.rows.map((company) => ({
        ...company,
        tasks: tasks.rows.filter((row) => row.company_id === company.companyId).map(outboxTask),
      }));
    },

    async recordWritten(written) {
      if (written.length === 0) return;
      await transact(pool, (client) =>
        client.query(
          `UPDATE companies SET written = row.values
           FROM (SELECT row.* FROM companies
                 JOIN json_to_recordset($1) AS row ("companyId" text, values jsonb) ON row."companyId" = companies.id
                 ORDER BY companies.id FOR NO KEY UPDATE OF companies) AS row
           WHERE companies.id = row."companyId"`,
          [storableJson(written)],
        ),
      );
    },

    recordSending: (keys, now) =>
      move(byKey(keys), `state = 'sending', sent_at = $2, last_error = NULL`, `state = 'planned'`, now),
    async recordUnclear(keys, now) {
      await move(byKey(keys), `sent_at = $2`, `state = 'sending'`, now);
    },
    async recordNotSent(keys, now) {
      await move(byKey(keys), `state = ${NOT_MADE}`, `state = 'sending'`, now);
    },
    async recordRefused(refused, now) {
      const given = refused.map(({ key, message }) => ({ key, message }));
      await move(given, `state = ${NOT_MADE}, last_error = row.message`, `state = 'sending'`, now);
    },
    async recordGivenUp(companyId, now) {
      const { rows } = await pool.query<{ key: string }>(`SELECT key FROM tasks WHERE company_id = $1`, [companyId]);
      await move(rows, `state = 'refused'`, `state = 'planned' AND last_error IS NOT NULL`, now);
    },
    async recordCreated(created, now) {
      const state = `CASE WHEN closing_reason IS NULL THEN 'open' ELSE 'closing' END`;
      await move(created, `state = ${state}, task_id = row."taskId"`, `state = 'sending'`, now);
    },
    async recordClosed(keys, now) {
      await move(byKey(keys), `state = 'closed'`, `state = 'closing'`, now);
    },

    async recordSeen(seen, now) {
      const given = seen.map(({ key, state }) => ({ key, seen: state }));
      const which = `state IN ('open', 'taken', 'closing') AND state <> seen AND NOT (state = 'closing' AND seen = 'open')`;
      await move(given, `state = row.seen`, which, now);
    },

    async standing(by) {
      const { rows } =
        "taskIds" in by
          ? await pool.query<TaskRow>(
              `SELECT ${COLUMNS} FROM tasks WHERE task_id = ANY ($1) AND state IN ('open', 'taken', 'closing')`,
              [by.taskIds],
            )
          : await pool.query<TaskRow>(
              `SELECT ${COLUMNS} FROM tasks
               WHERE key > $1 AND task_id IS NOT NULL AND state IN ('open', 'taken', 'closing') ORDER BY key LIMIT $2`,
              [by.afterKey, by.limit],
            );
      return rows.map(outboxTask);
    },
  };
}

function outboxTask(row: TaskRow): OutboxTask {
  const { state, planned, task_id: taskId, closing_reason: closingReason, sent_at: sentAt } = row;
  return { state, task: { ...planned, dueAt: new Date(planned.dueAt) }, taskId, closingReason, sentAt };
}
