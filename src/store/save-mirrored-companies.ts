import type { PoolClient } from "pg";
import type { MirroredCompany } from "../pipeline/store-port.ts";
import { growHistory } from "./property-history.ts";
import { storableJson } from "./storable-json.ts";

/**
 * Saves companies within a transaction, and gives the ids of those whose properties changed by it. The past of the
 * properties in `history` grows with them.
 */
export async function saveMirroredCompanies(
  client: PoolClient,
  companies: readonly MirroredCompany[],
  history: readonly string[],
  readAt: Date,
): Promise<string[]> {
  const ids = companies.map(({ id }) => id);
  // Who saves one of them now is waited for, so that what is compared with is what is overwritten.
  await client.query(`SELECT 1 FROM companies WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`, [ids]);
  const { rows } = await client.query<{ id: string }>(
    `WITH before AS (SELECT id, properties FROM companies WHERE id = ANY ($2)),
       saved AS (
         INSERT INTO companies AS c (id, properties, modified_at)
         SELECT id, properties, "modifiedAt"
         FROM json_to_recordset($1) AS company (id text, properties jsonb, "modifiedAt" timestamptz)
         -- Read before it was merged away: what it was lives on under another id.
         WHERE NOT EXISTS (SELECT 1 FROM company_aliases WHERE alias = company.id)
         ORDER BY id COLLATE "C"
         ON CONFLICT (id) DO UPDATE
           SET properties = c.properties || excluded.properties, modified_at = excluded.modified_at
           WHERE c.modified_at <= excluded.modified_at
             AND (c.modified_at, c.properties) <> (excluded.modified_at, c.properties || excluded.properties)
         RETURNING id, properties)
     SELECT id FROM saved LEFT JOIN before USING (id) WHERE saved.properties IS DISTINCT FROM before.properties`,
    [storableJson(companies), ids],
  );
  await growHistory(client, ids, history, readAt);
  return rows.map(({ id }) => id);
}
