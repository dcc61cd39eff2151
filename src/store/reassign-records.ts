import type { PoolClient } from "pg";

/**
 * Gives the records that belong to a company only through one of these contacts to the company where the contact is
 * now, and forgets those that are left without one. Gives the ids of the companies whose facts changed by it.
 */
export async function reassignRecords(client: PoolClient, contactIds: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ before: string; after: string | null }>(
    `WITH owned AS (
       SELECT record.type, record.id, record.company_id AS before,
         (SELECT contact.company_id FROM links link
          JOIN records contact ON contact.type = 'contact' AND contact.id = link.to_id
          WHERE link.from_type = record.type AND link.from_id = record.id AND link.to_type = 'contact'
          ORDER BY link.to_id LIMIT 1) AS after
       FROM records record
       WHERE (record.type, record.id) IN (
           SELECT from_type, from_id FROM links WHERE to_type = 'contact' AND to_id = ANY ($1))
         AND NOT EXISTS (SELECT 1 FROM links own
           WHERE own.from_type = record.type AND own.from_id = record.id AND own.to_type = 'company')),
       moved AS (
         UPDATE records SET company_id = owned.after FROM owned
         WHERE records.type = owned.type AND records.id = owned.id AND owned.after <> owned.before),
       forgotten AS (
         DELETE FROM records USING owned
         WHERE records.type = owned.type AND records.id = owned.id AND owned.after IS NULL)
     SELECT before, after FROM owned WHERE after IS DISTINCT FROM before`,
    [contactIds],
  );
  return rows.flatMap(({ before, after }) => (after === null ? [before] : [before, after]));
}
