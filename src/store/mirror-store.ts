import type { Pool, PoolClient } from "pg";
import type { ChildType, MirrorStore, Priority, WorkHint } from "../pipeline/store-port.ts";
import { refreshKey, type RecordRef } from "../pipeline/pipeline-context.ts";
import { markWork } from "./mark-work.ts";
import { createMirrorQueries } from "./mirror-queries.ts";
import { keepHistory, saveHistory } from "./property-history.ts";
import { reassignRecords } from "./reassign-records.ts";
import { saveMirroredCompanies } from "./save-mirrored-companies.ts";
import { linkedCompanies } from "./linked-companies.ts";
import { saveMirroredRecords } from "./save-mirrored-records.ts";
import { transact } from "./transact.ts";

export function createMirrorStore(pool: Pool): MirrorStore {
  return {
    saveRecords: (type, records, rescore, now) =>
      transact(pool, async (client) => {
        const touched = await saveMirroredRecords(client, type, records);
        await markRescore(client, touched, rescore, now);
      }),

    removeRecords: (type, ids, rescore, now) =>
      transact(pool, async (client) => {
        const linked = await linkedCompanies(client, type, ids);
        const { rows } = await client.query<{ company_id: string }>(
          `DELETE FROM records WHERE type = $1 AND id = ANY ($2) RETURNING company_id`,
          [type, ids],
        );
        const linkedIds = [...linked.values()].flatMap((companyIds) => [...companyIds]);
        let left = [...linkedIds, ...rows.map((row) => row.company_id)];
        if (type === "contact") {
          // A contact that is gone may live on in another that it was merged into, and its records with it.
          const { companyIds, orphans } = await reassignRecords(client, ids, "keep");
          left = left.concat([...companyIds]);
          await markWork(client, refreshHints(orphans, rescore ?? "sweep"), now);
        }
        await markRescore(client, left, rescore, now);
      }),

    async knownRecords(type, ids) {
      const { rows } = await pool.query<{ id: string }>(`SELECT id FROM records WHERE type = $1 AND id = ANY ($2)`, [
        type,
        ids,
      ]);
      return new Set(rows.map(({ id }) => id));
    },

    saveCompanies: (companies, rescore, now, history = []) =>
      transact(pool, async (client) => {
        const changed = await saveMirroredCompanies(client, companies, history, now);
        await markRescore(client, changed, rescore, now);
        const { rows } = await client.query<{ id: string }>(
          `SELECT id FROM companies WHERE id = ANY ($1) AND NOT is_complete ORDER BY id`,
          [companies.map(({ id }) => id)],
        );
        return rows.map(({ id }) => id);
      }),

    completeCompanies: (ids, rescore, now) =>
      transact(pool, async (client) => {
        await client.query(
          `UPDATE companies SET is_complete = true
           FROM (SELECT id FROM companies WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE) AS mine
           WHERE companies.id = mine.id`,
          [ids],
        );
        await markRescore(client, ids, rescore, now);
      }),

    completeAllCompanies: (rescore, now) =>
      transact(pool, async (client) => {
        // Its work is there until a refresh has ended: what it is reading now may have been made after the type was read.
        const { rows } = await client.query<{ id: string }>(
          `UPDATE companies SET is_complete = true
           FROM (SELECT id FROM companies
                 WHERE NOT is_complete
                   AND NOT EXISTS (SELECT 1 FROM work WHERE kind = 'refresh' AND key = 'company:' || companies.id)
                 ORDER BY id FOR NO KEY UPDATE) AS mine
           WHERE companies.id = mine.id RETURNING companies.id`,
        );
        const ids = rows.map(({ id }) => id);
        await markRescore(client, ids, rescore, now);
      }),

    keepProperties: (type, names) =>
      transact(pool, async (client) => {
        const kept = `properties - ARRAY(SELECT jsonb_object_keys(properties - $1::text[]))`;
        if (type === "company") {
          await client.query(`UPDATE companies SET properties = ${kept} WHERE properties - $1::text[] <> '{}'`, [
            names,
          ]);
        } else {
          await client.query(
            `UPDATE records SET properties = ${kept} WHERE properties - $1::text[] <> '{}' AND type = $2`,
            [names, type],
          );
        }
      }),

    saveHistory: (rows) => transact(pool, (client) => saveHistory(client, rows)),
    keepHistory: (properties, since) => keepHistory(pool, properties, since),

    async forgetTypes(types) {
      await pool.query(`DELETE FROM records WHERE type = ANY ($1)`, [types]);
    },

    removeCompanies: (ids, refresh, now) =>
      transact(pool, async (client) => {
        const linked = await client.query<{ id: string }>(
          `SELECT DISTINCT link.to_id AS id FROM records
           JOIN links link ON link.from_type = records.type AND link.from_id = records.id AND link.to_type = 'company'
           WHERE records.company_id = ANY ($1)`,
          [ids],
        );
        const { rows } = await client.query<{ type: ChildType; id: string }>(
          `DELETE FROM records WHERE company_id = ANY ($1) RETURNING type, id`,
          [ids],
        );
        await client.query(`DELETE FROM companies WHERE id = ANY ($1)`, [ids]);
        const linkedIds = linked.rows.map(({ id }) => id);
        await markRescore(client, linkedIds, refresh, now);
        await client.query(`DELETE FROM work WHERE kind IN ('rescore', 'deliver') AND key = ANY ($1)`, [ids]);
        await client.query(
          `UPDATE tasks SET state = 'cancelled', changed_at = $2 WHERE company_id = ANY ($1)
             AND state IN ('waiting', 'planned')`,
          [ids, now],
        );
        await markWork(client, refreshHints(rows, refresh), now);
      }),

    async knownCompanies(ids) {
      const { rows } = await pool.query<{ id: string }>(`SELECT id FROM companies WHERE id = ANY ($1)`, [ids]);
      return new Set(rows.map(({ id }) => id));
    },

    ...createMirrorQueries(pool),
  };
}

function refreshHints(records: readonly RecordRef[], priority: Priority): WorkHint[] {
  return records.map((record) => ({ kind: "refresh", key: refreshKey(record), priority }));
}

/**
 * Marks companies, but those that are not complete: a first score waits until all records are there, and then whoever
 * fetched them marks the company. A decision that is being made now is waited for, because it may have
 * missed what this transaction saves.
 */
async function markRescore(
  client: PoolClient,
  companyIds: readonly string[],
  priority: Priority | null,
  now: Date,
): Promise<void> {
  if (priority === null || companyIds.length === 0) return;
  const { rows } = await client.query<{ id: string; isComplete: boolean }>(
    `SELECT id, is_complete AS "isComplete" FROM companies WHERE id = ANY ($1) ORDER BY id FOR SHARE`,
    [companyIds],
  );
  const hints = rows.flatMap(({ id: key, isComplete }) =>
    isComplete ? [{ kind: "rescore" as const, key, priority }] : [],
  );
  await markWork(client, hints, now);
}
