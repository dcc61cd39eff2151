import type { Pool, PoolClient } from "pg";
import type { HistoryRow } from "../pipeline/store-port.ts";
import type { PastValue } from "../scoring/facts.ts";
import { storableJson } from "./storable-json.ts";

/**
 * Adds the values that companies have now to the past of these properties, where it ends with another one. They begin
 * at the last modification, the best that is known: HubSpot tells of no property's own. One that came without moving that
 * date, as a calculated one does, begins when it was read, and later than what it follows. The rows must be locked.
 */
export async function growHistory(
  client: PoolClient,
  companyIds: readonly string[],
  properties: readonly string[],
  readAt: Date,
): Promise<void> {
  if (properties.length === 0) return;
  await client.query(
    `INSERT INTO property_history (company_id, property, at, value)
     SELECT company.id, name,
       CASE WHEN latest.at >= company.modified_at THEN greatest($3, latest.at + interval '1 millisecond')
         ELSE company.modified_at END,
       company.properties->>name
     FROM companies company CROSS JOIN unnest($2::text[]) AS name
     LEFT JOIN LATERAL (
       SELECT at, value FROM property_history WHERE company_id = company.id AND property = name
       ORDER BY at DESC LIMIT 1) AS latest ON true
     WHERE company.id = ANY ($1)
       AND company.properties->>name IS DISTINCT FROM latest.value`,
    [companyIds, properties, readAt],
  );
}

/**
 * Adds what HubSpot tells of the past. A value that was seen here later than it came to stand would end twice with the
 * same value: the later one is dropped.
 */
export async function saveHistory(client: PoolClient, rows: readonly HistoryRow[]): Promise<void> {
  const companyIds = [...new Set(rows.map(({ companyId }) => companyId))];
  await client.query(`SELECT 1 FROM companies WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`, [companyIds]);
  await client.query(
    `INSERT INTO property_history (company_id, property, at, value)
     SELECT company.id, property, at, value
     FROM json_to_recordset($1) AS past ("companyId" text, property text, at timestamptz, value text)
     JOIN companies company ON company.id = past."companyId"
     ON CONFLICT DO NOTHING`,
    [storableJson(rows)],
  );
  await client.query(
    `DELETE FROM property_history doubled USING (
       SELECT company_id, property, at, value,
         lag(value) OVER past AS former, lag(at) OVER past IS NOT NULL AS has_former
       FROM property_history WHERE company_id = ANY ($1) AND property = ANY ($2)
       WINDOW past AS (PARTITION BY company_id, property ORDER BY at)) AS step
     WHERE doubled.company_id = step.company_id AND doubled.property = step.property AND doubled.at = step.at
       AND step.has_former AND step.value IS NOT DISTINCT FROM step.former`,
    [companyIds, [...new Set(rows.map(({ property }) => property))]],
  );
}

/** Drops the past of every other property, and of these what was over at an instant: of the earlier, the last stays. */
export async function keepHistory(pool: Pool, properties: readonly string[], since: Date): Promise<void> {
  await pool.query(
    `DELETE FROM property_history past
     WHERE property <> ALL ($1) OR (at < $2 AND EXISTS (
       SELECT 1 FROM property_history later
       WHERE later.company_id = past.company_id AND later.property = past.property
         AND later.at > past.at AND later.at <= $2))`,
    [properties, since],
  );
}

/** The past of companies' properties as the facts have it: by company and property, oldest first. */
export async function loadHistory(
  client: PoolClient,
  companyIds: readonly string[],
): Promise<Map<string, Record<string, PastValue[]>>> {
  const { rows } = await client.query<{ company_id: string; property: string; at: Date; value: string | null }>(
    `SELECT company_id, property, at, value FROM property_history WHERE company_id = ANY ($1)
     ORDER BY company_id, property, at`,
    [companyIds],
  );
  const byCompany = new Map<string, Record<string, PastValue[]>>();
  for (const { company_id: companyId, property, at, value } of rows) {
    const history = byCompany.get(companyId) ?? {};
    byCompany.set(companyId, history);
    (history[property] ??= []).push({ at: at.getTime(), value });
  }
  return byCompany;
}
