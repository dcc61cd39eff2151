import type { Pool, PoolClient } from "pg";
import type { CompanyMerge } from "../pipeline/identity-store-port.ts";
import { refreshKey } from "../pipeline/pipeline-context.ts";
import { markWork } from "./mark-work.ts";
import { endTasks } from "./save-tasks.ts";

/** The id that a company has now; the same one where it never was merged away. */
export async function currentId(client: Pick<Pool | PoolClient, "query">, companyId: string): Promise<string> {
  const { rows } = await client.query<{ company_id: string }>(
    `SELECT company_id FROM company_aliases WHERE alias = $1`,
    [companyId],
  );
  return rows[0]?.company_id ?? companyId;
}

/**
 * Merges companies within a transaction. The merged one is not complete until all of its records are read anew: of those
 * that it came of, some may not have been customers, and theirs are not here. Its `written` is empty, because nobody
 * knows which of the values of two records HubSpot has kept.
 */
export async function mergeInto(
  client: PoolClient,
  { id: toldId, mergedIds, closingReason, priority }: CompanyMerge,
  now: Date,
): Promise<string[]> {
  // A read from before the next merge tells of a company that is an alias itself by now.
  const id = await currentId(client, toldId);
  const oldIds = [...new Set(mergedIds)].filter((oldId) => oldId !== id);
  await saveAliases(client, id, oldIds);
  const { rows } = await client.query<{ id: string }>(`SELECT id FROM companies WHERE id = ANY ($1) ORDER BY id`, [
    oldIds,
  ]);
  const goneIds = rows.map((row) => row.id);
  if (goneIds.length === 0) return [];

  await client.query(
    `INSERT INTO companies (id, properties, modified_at)
     SELECT $1, properties, modified_at FROM companies WHERE id = $2 ON CONFLICT DO NOTHING`,
    [id, goneIds[0]],
  );
  const all = [id, ...goneIds];
  await client.query(`SELECT 1 FROM records WHERE company_id = ANY ($1) ORDER BY type, id FOR UPDATE`, [all]);
  await client.query(`SELECT 1 FROM companies WHERE id = ANY ($1) ORDER BY id FOR UPDATE`, [all]);
  await moveScores(client, id, goneIds);
  await moveRecords(client, id, oldIds, goneIds);
  await moveTasks(client, id, oldIds, now);
  await endDoubledTasks(client, id, closingReason, now);
  for (const table of ["work", "dead_letters"]) {
    await client.query(`DELETE FROM ${table} WHERE kind IN ('rescore', 'deliver') AND key = ANY ($1)`, [goneIds]);
  }
  await client.query(`DELETE FROM companies WHERE id = ANY ($1)`, [goneIds]);
  const refresh = { kind: "refresh" as const, key: refreshKey({ type: "company", id }), priority };
  await markWork(client, [refresh, { kind: "deliver", key: id, priority }], now);
  return goneIds;
}

/** Who else merges one of these waits for the row of its alias. */
async function saveAliases(client: PoolClient, id: string, oldIds: readonly string[]): Promise<void> {
  await client.query(
    `INSERT INTO company_aliases (alias, company_id)
     SELECT alias, $1 FROM unnest($2::text[]) AS alias ORDER BY alias COLLATE "C"
     ON CONFLICT (alias) DO UPDATE SET company_id = excluded.company_id`,
    [id, oldIds],
  );
  await client.query(`UPDATE company_aliases SET company_id = $1 WHERE company_id = ANY ($2)`, [id, oldIds]);
}

/** The longest history goes on; the others' end with their companies. */
async function moveScores(client: PoolClient, id: string, goneIds: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ company_id: string }>(
    `SELECT company_id FROM score_history WHERE company_id = ANY ($1)
     GROUP BY company_id ORDER BY min(at), count(*) DESC, company_id LIMIT 1`,
    [[id, ...goneIds]],
  );
  const heir = rows[0]?.company_id ?? goneIds[0];
  await client.query(
    `UPDATE companies SET written = '{}', is_complete = false, decided = heir.decided
     FROM (SELECT decided FROM companies WHERE id = $2) AS heir WHERE companies.id = $1`,
    [id, heir],
  );
  if (heir === id) return;
  for (const table of ["scores", "score_history", "property_history"]) {
    await client.query(`DELETE FROM ${table} WHERE company_id = $1`, [id]);
    await client.query(`UPDATE ${table} SET company_id = $1 WHERE company_id = $2`, [id, heir]);
  }
}

async function moveRecords(
  client: PoolClient,
  id: string,
  oldIds: readonly string[],
  goneIds: readonly string[],
): Promise<void> {
  await client.query(`UPDATE records SET company_id = $1 WHERE company_id = ANY ($2)`, [id, goneIds]);
  await client.query(
    `WITH gone AS (DELETE FROM links WHERE to_type = 'company' AND to_id = ANY ($2) RETURNING *)
     INSERT INTO links (from_type, from_id, to_type, to_id, is_primary)
     SELECT from_type, from_id, 'company', $1, bool_or(is_primary) FROM gone GROUP BY from_type, from_id
     ON CONFLICT (from_type, from_id, to_type, to_id)
       DO UPDATE SET is_primary = links.is_primary OR excluded.is_primary`,
    [id, oldIds],
  );
  await client.query(
    `INSERT INTO former_contacts (contact_id, company_id)
     SELECT DISTINCT contact_id, $1 FROM former_contacts WHERE company_id = ANY ($2) ON CONFLICT DO NOTHING`,
    [id, goneIds],
  );
}

/** Those of which nobody knows whether HubSpot has them are looked for on the merged company, and as long as at first. */
async function moveTasks(client: PoolClient, id: string, oldIds: readonly string[], now: Date): Promise<void> {
  await client.query(
    `UPDATE tasks SET company_id = $1, planned = planned || jsonb_build_object('companyId', $1::text),
       sent = (SELECT coalesce(jsonb_agg(text || jsonb_build_object('companyId', $1::text) ORDER BY number), '[]')
               FROM jsonb_array_elements(sent) WITH ORDINALITY AS texts (text, number)),
       sent_at = CASE WHEN state = 'sending' THEN greatest(sent_at, $3) ELSE sent_at END
     FROM (SELECT key FROM tasks WHERE company_id = ANY ($2) ORDER BY key FOR UPDATE) AS mine
     WHERE tasks.key = mine.key`,
    [id, oldIds, now],
  );
}

/**
 * Of the tasks of one play that stand, one stays: one that a person has taken, else the oldest that HubSpot has, else the
 * oldest. No other that is a person's is ended.
 */
async function endDoubledTasks(client: PoolClient, id: string, reason: string, now: Date): Promise<void> {
  const { rows } = await client.query<{ key: string }>(
    `SELECT key FROM (
       SELECT key, state, row_number() OVER (
         PARTITION BY play ORDER BY state = 'taken' DESC, state IN ('waiting', 'planned'), decided_at, key) AS place
       FROM tasks WHERE company_id = $1 AND closing_reason IS NULL
         AND state IN ('waiting', 'planned', 'sending', 'open', 'updating', 'taken')) AS standing
     WHERE place > 1 AND state <> 'taken'`,
    [id],
  );
  const closings = rows.map(({ key }) => ({ key, reason }));
  await endTasks(client, closings, now);
}
