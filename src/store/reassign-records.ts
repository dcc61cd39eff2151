import type { PoolClient } from "pg";
import type { ChildType } from "../pipeline/store-port.ts";

/** The ids of the companies whose facts changed, and the records that are left without a company. */
type Reassigned = { companyIds: string[]; orphans: { type: ChildType; id: string }[] };
type OwnedRow = { type: ChildType; id: string; before: string; after: string | null };

/**
 * Gives the records that belong to a company only through one of these contacts to the company where the contact is
 * now. Those that are left without one are forgotten, or kept where they are.
 */
export async function reassignRecords(
  client: PoolClient,
  contactIds: readonly string[],
  orphans: "forget" | "keep",
): Promise<Reassigned> {
  const { rows } = await client.query<OwnedRow>(
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
         WHERE $2 AND records.type = owned.type AND records.id = owned.id AND owned.after IS NULL)
     SELECT type, id, before, after FROM owned WHERE after IS DISTINCT FROM before`,
    [contactIds, orphans === "forget"],
  );
  const changed = orphans === "forget" ? rows : rows.filter(({ after }) => after !== null);
  return {
    companyIds: changed.flatMap(({ before, after }) => (after === null ? [before] : [before, after])),
    orphans: rows.filter(({ after }) => after === null).map(({ type, id }) => ({ type, id })),
  };
}
