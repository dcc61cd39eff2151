import type { Pool } from "pg";
import type { Delivery, DeliveryStore, OutboxTask, TaskState } from "../pipeline/store-port.ts";
import { storableJson } from "./storable-json.ts";

type TaskRow = {
  company_id: string;
  state: TaskState;
  planned: Omit<OutboxTask["task"], "dueAt"> & { dueAt: string };
  task_id: string | null;
  closing_reason: string | null;
  sent_at: Date | null;
};
const COLUMNS = "company_id, state, planned, task_id, closing_reason, sent_at";

export function createDeliveryStore(pool: Pool): DeliveryStore {
  const move = async (keys: readonly string[], set: string, from: readonly TaskState[], now: Date) => {
    if (keys.length === 0) return;
    await pool.query(
      `UPDATE tasks SET changed_at = $2, ${set}
       FROM (SELECT key FROM tasks WHERE key = ANY ($1) AND state = ANY ($3) ORDER BY key FOR UPDATE) AS mine
       WHERE tasks.key = mine.key`,
      [keys, now, from],
    );
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
      await pool.query(
        `UPDATE companies SET written = row.values
         FROM json_to_recordset($1) AS row ("companyId" text, values jsonb) WHERE companies.id = row."companyId"`,
        [storableJson(written)],
      );
    },

    recordSending: (keys, now) => move(keys, `state = 'sending', sent_at = $2`, ["planned", "sending"], now),
    recordNotSent: (keys, now) =>
      move(keys, `state = CASE WHEN closing_reason IS NULL THEN 'planned' ELSE 'cancelled' END`, ["sending"], now),
    recordClosed: (keys, now) => move(keys, `state = 'closed'`, ["closing"], now),

    async recordCreated(created, now) {
      if (created.length === 0) return;
      await pool.query(
        `UPDATE tasks SET task_id = row."taskId", changed_at = $2,
           state = CASE WHEN closing_reason IS NULL THEN 'open' ELSE 'closing' END
         FROM json_to_recordset($1) AS row (key text, "taskId" text)
         WHERE tasks.key = row.key AND state = 'sending'`,
        [storableJson(created), now],
      );
    },

    async recordRefused(refused, now) {
      if (refused.length === 0) return;
      await pool.query(
        `UPDATE tasks SET state = 'refused', last_error = row.message, changed_at = $2
         FROM json_to_recordset($1) AS row (key text, message text)
         WHERE tasks.key = row.key AND state = 'sending'`,
        [storableJson(refused), now],
      );
    },

    async recordSeen(seen, now) {
      if (seen.length === 0) return;
      await pool.query(
        `UPDATE tasks SET state = row.state, changed_at = $2
         FROM json_to_recordset($1) AS row (key text, state text)
         WHERE tasks.key = row.key AND tasks.state IN ('open', 'taken', 'closing') AND tasks.state <> row.state
           AND NOT (tasks.state = 'closing' AND row.state = 'open')`,
        [storableJson(seen), now],
      );
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
