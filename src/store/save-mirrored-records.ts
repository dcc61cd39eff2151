import type { PoolClient } from "pg";
import type { ChildType, MirroredRecord } from "../pipeline/store-port.ts";
import { reassignRecords } from "./reassign-records.ts";
import { storableJson } from "./storable-json.ts";

/**
 * The company that a record belongs to: the one it is linked to (the primary first, then the smallest id, so that it is
 * always the same), else the company of a contact that it is linked to.
 */
const OWNER = `coalesce(
  (SELECT link.to_id FROM incoming_links link
   WHERE link.from_id = incoming.id AND link.to_type = 'company'
   ORDER BY link.is_primary DESC, link.to_id COLLATE "C" LIMIT 1),
  (SELECT contact.company_id FROM incoming_links link
   JOIN records contact ON contact.type = 'contact' AND contact.id = link.to_id
   WHERE link.from_id = incoming.id AND link.to_type = 'contact'
   ORDER BY link.to_id COLLATE "C" LIMIT 1))`;

/** Saves records within a transaction, and gives the ids of the companies whose facts changed by it. */
export async function saveMirroredRecords(
  client: PoolClient,
  type: ChildType,
  records: readonly MirroredRecord[],
): Promise<string[]> {
  const touched = new Set<string>();
  const incoming = storableJson(records.map(({ id, properties }) => ({ id, properties })));
  const allLinks = records.flatMap(({ id, links }) =>
    links.map(({ toType, toId, primary }) => ({ from_id: id, to_type: toType, to_id: toId, is_primary: primary })),
  );
  const links = storableJson(allLinks);
  // Who moves one of these contacts now waits, and then sees these records; else neither would see the other.
  await client.query(`SELECT 1 FROM records WHERE type = 'contact' AND id = ANY ($1) ORDER BY id FOR SHARE`, [
    allLinks.flatMap(({ to_type, to_id }) => (to_type === "contact" ? [to_id] : [])),
  ]);

  const saved = await client.query<{ id: string; before: string | null; after: string | null; changed: boolean }>(
    `WITH incoming AS (SELECT * FROM json_to_recordset($2) AS record (id text, properties jsonb)),
       incoming_links AS (
         SELECT * FROM json_to_recordset($3) AS link (from_id text, to_type text, to_id text, is_primary boolean)),
       owned AS (SELECT incoming.*, ${OWNER} AS company_id FROM incoming),
       kept AS (
         SELECT owned.* FROM owned JOIN companies ON companies.id = owned.company_id),
       before AS (SELECT id, company_id, properties FROM records WHERE type = $1 AND id IN (SELECT id FROM incoming)),
       removed AS (
         DELETE FROM records WHERE type = $1
           AND id IN (SELECT id FROM incoming EXCEPT SELECT id FROM kept)),
       saved AS (
         INSERT INTO records (type, id, company_id, properties)
         SELECT $1, id, company_id, properties FROM kept ORDER BY id COLLATE "C"
         ON CONFLICT (type, id) DO UPDATE SET company_id = excluded.company_id, properties = excluded.properties
           WHERE (records.company_id, records.properties) <> (excluded.company_id, excluded.properties))
     SELECT incoming.id, before.company_id AS before, kept.company_id AS after,
       before.properties IS DISTINCT FROM kept.properties AS changed
     FROM incoming LEFT JOIN before USING (id) LEFT JOIN kept USING (id)`,
    [type, incoming, links],
  );
  for (const { before, after, changed } of saved.rows) {
    if (before === after && !changed) continue;
    if (before !== null) touched.add(before);
    if (after !== null) touched.add(after);
  }

  const keptIds = saved.rows.filter(({ after }) => after !== null).map(({ id }) => id);
  await client.query(`DELETE FROM links WHERE from_type = $1 AND from_id = ANY ($2)`, [type, keptIds]);
  await client.query(
    `INSERT INTO links (from_type, from_id, to_type, to_id, is_primary)
     SELECT $1, from_id, to_type, to_id, is_primary
     FROM json_to_recordset($2) AS link (from_id text, to_type text, to_id text, is_primary boolean)
     WHERE from_id = ANY ($3)`,
    [type, links, keptIds],
  );
  if (type === "contact") {
    const contactIds = records.map(({ id }) => id);
    for (const id of await reassignRecords(client, contactIds)) touched.add(id);
  }
  return [...touched];
}
