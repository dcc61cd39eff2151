import type { PoolClient } from "pg";
import type { ChildType } from "../pipeline/store-port.ts";

/** The companies that mirrored records are linked to directly, by the record's id. */
export async function linkedCompanies(
  client: PoolClient,
  type: ChildType,
  ids: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { rows } = await client.query<{ id: string; companies: string[] }>(
    `SELECT from_id AS id, array_agg(to_id) AS companies FROM links
     WHERE from_type = $1 AND from_id = ANY ($2) AND to_type = 'company' GROUP BY from_id`,
    [type, ids],
  );
  return new Map(rows.map(({ id, companies }) => [id, new Set(companies)]));
}
