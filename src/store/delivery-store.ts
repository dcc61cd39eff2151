import type { Pool } from "pg";
import type { Delivery, DeliveryStore, OutboxTask, TaskState } from "../pipeline/delivery-store-port.ts";
import type { NewTask } from "../pipeline/hubspot-port.ts";
import { storableJson } from "./storable-json.ts";
import { transact } from "./transact.ts";

type StoredTask = Omit<NewTask, "dueAt"> & { dueAt: string };
type TaskRow = {
  company_id: string;
  state: TaskState;
  planned: StoredTask;
  sent: StoredTask[];
  task_id: string | null;
  closing_reason: string | null;
  sent_at: Date | null;
};
type MovedRow = { key: string; state: TaskState; planned: StoredTask };
/** What is known of a task that is to be changed. */
type Given = { key: string; companyId?: string; taskId?: string; message?: string; seen?: TaskState };
const byKey = (keys: readonly string[]): Given[] => keys.map((key) => ({ key }));
/** A task whose cause went while it was on its way is no longer wanted. */
const NOT_MADE = `CASE WHEN closing_reason IS NULL THEN 'planned' ELSE 'cancelled' END`;
const COLUMNS = "company_id, state, planned, sent, task_id, closing_reason, sent_at";
const AT_HUBSPOT = `state IN ('open', 'updating', 'taken', 'closing')`;

export function createDeliveryStore(pool: Pool): DeliveryStore {
  /** Changes those of these tasks that `which` holds for, and gives them; `row` is what was given of each. */
  const move = async (given: readonly Given[], set: string, which: string, now: Date): Promise<MovedRow[]> => {
    if (given.length === 0) return [];
    // Locked in the order of keys: two that lock the same rows in different orders deadlock.
    const moved = await transact(pool, (client) =>
      client.query<MovedRow>(
        `UPDATE tasks SET changed_at = $2, ${set}
         FROM (SELECT row.* FROM tasks
               JOIN json_to_recordset($1) AS row (key text, "companyId" text, "taskId" text, message text, seen text)
                 ON row.key = tasks.key
               WHERE ${which} ORDER BY tasks.key FOR UPDATE OF tasks) AS row
         WHERE tasks.key = row.key
         RETURNING tasks.key, tasks.state, tasks.planned`,
        [storableJson(given), now],
      ),
    );
    return moved.rows;
  };

  return {
    async load(companyIds) {
      const companies = await pool.query<Omit<Delivery, "tasks">>(
        `SELECT id AS "companyId", coalesce(decided, '{}') AS "values", written FROM companies
         WHERE id = ANY ($1) ORDER BY id`,
        [companyIds],
      );
      const tasks = await pool.query<TaskRow>(
        `SELECT ${COLUMNS} FROM tasks WHERE company_id = ANY ($1)
           AND state IN ('planned', 'sending', 'updating', 'closing')
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

    async recordSending(keys, now) {
      const set = `state = 'sending', sent_at = $2, last_error = NULL, sent = jsonb_build_array(planned)`;
      return (await move(byKey(keys), set, `state = 'planned'`, now)).map(({ planned }) => taskOf(planned));
    },
    async recordUnclear(keys, now) {
      await move(byKey(keys), `sent_at = $2`, `state = 'sending'`, now);
    },
    async recordNotSent(sought, now) {
      await move(sought, `state = ${NOT_MADE}`, `state = 'sending' AND tasks.company_id = row."companyId"`, now);
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
      const state = `CASE WHEN closing_reason IS NOT NULL THEN 'closing'
        WHEN planned <> sent->-1 THEN 'updating' ELSE 'open' END`;
      const moved = await move(created, `state = ${state}, task_id = row."taskId"`, `state = 'sending'`, now);
      return moved.filter((row) => row.state !== "open").map(({ key }) => key);
    },
    async recordUpdating(keys, now) {
      const set = `sent = CASE WHEN planned = sent->-1 THEN sent ELSE sent || jsonb_build_array(planned) END`;
      return (await move(byKey(keys), set, `state = 'updating'`, now)).map(({ planned }) => taskOf(planned));
    },
    async recordUpdated(keys, now) {
      const state = `CASE WHEN state = 'updating' AND planned = sent->-1 THEN 'open' ELSE state END`;
      const which = `state IN ('updating', 'closing') AND sent <> '[]'`;
      await move(byKey(keys), `state = ${state}, sent = jsonb_build_array(sent->-1)`, which, now);
    },
    async recordClosed(keys, now) {
      await move(byKey(keys), `state = 'closed'`, `state = 'closing'`, now);
    },

    async recordSeen(seen, now) {
      const given = seen.map(({ key, state }) => ({ key, seen: state }));
      const which = `${AT_HUBSPOT} AND state <> seen AND NOT (state IN ('updating', 'closing') AND seen = 'open')`;
      await move(given, `state = row.seen`, which, now);
    },

    async standing(by) {
      const { rows } =
        "taskIds" in by
          ? await pool.query<TaskRow>(`SELECT ${COLUMNS} FROM tasks WHERE task_id = ANY ($1) AND ${AT_HUBSPOT}`, [
              by.taskIds,
            ])
          : await pool.query<TaskRow>(
              `SELECT ${COLUMNS} FROM tasks
               WHERE key > $1 AND task_id IS NOT NULL AND ${AT_HUBSPOT} ORDER BY key LIMIT $2`,
              [by.afterKey, by.limit],
            );
      return rows.map(outboxTask);
    },
  };
}

function outboxTask(row: TaskRow): OutboxTask {
  const { state, planned, sent, task_id: taskId, closing_reason: closingReason, sent_at: sentAt } = row;
  return { state, task: taskOf(planned), sent: sent.map(taskOf), taskId, closingReason, sentAt };
}

function taskOf(stored: StoredTask): NewTask {
  return { ...stored, dueAt: new Date(stored.dueAt) };
}
