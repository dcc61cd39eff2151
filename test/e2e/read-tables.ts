import type { Pool } from "pg";

/**
 * Every row of every table, as text and in a fixed order, so that two readings can be compared; but for the budget of
 * calls, which every call changes.
 */
export async function readTables(pool: Pool, except: readonly string[] = []): Promise<Record<string, string[]>> {
  const tables = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_name <> ALL ($1) ORDER BY table_name`,
    [["call_turns", "call_days", ...except]],
  );
  const rows: Record<string, string[]> = {};
  for (const { name } of tables.rows) {
    const result = await pool.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" AS t ORDER BY row`);
    rows[name] = result.rows.map(({ row }) => row);
  }
  return rows;
}
