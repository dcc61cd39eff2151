import type { PoolClient } from "pg";
import type { ChildType, MirroredRecord } from "../pipeline/store-port.ts";
import { linkedCompanies } from "./linked-companies.ts";
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

/**
 * Saves records within a transaction, and gives the ids of the companies whose facts changed by it: of those that the
 * records belong to, and of all that they are linked to. One that was read before it was as it is here changes nothing,
 * nor do its links.
 */
export async function saveMirroredRecords(
  client: PoolClient,
  type: ChildType,
  given: readonly MirroredRecord[],
): Promise<string[]> {
  const touched = new Set<string>();
  await lockContacts(client, given);
  const records = await withoutOlder(client, type, given);
  const incoming = storableJson(
    records.map(({ id, properties, modifiedAt: modified_at }) => ({ id, properties, modified_at })),
  );
  const allLinks = records.flatMap(({ id, links }) =>
    links.map(({ toType, toId, primary }) => ({ from_id: id, to_type: toType, to_id: toId, is_primary: primary })),
  );
  const links = storableJson(allLinks);
  const linkedBefore = await linkedCompanies(
    client,
    type,
    records.map(({ id }) => id),
  );
  const saved = await client.query<{ id: string; before: string | null; after: string | null; changed: boolean }>(
    `WITH incoming AS (
         SELECT record.id, coalesce(known.properties, '{}') || record.properties AS properties, record.modified_at
         FROM json_to_recordset($2) AS record (id text, properties jsonb, modified_at timestamptz)
         LEFT JOIN records known ON known.type = $1 AND known.id = record.id),
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
         INSERT INTO records AS r (type, id, company_id, properties, modified_at)
         SELECT $1, id, company_id, properties, modified_at FROM kept ORDER BY id COLLATE "C"
         ON CONFLICT (type, id) DO UPDATE
           SET company_id = excluded.company_id, properties = r.properties || excluded.properties,
             modified_at = excluded.modified_at
           WHERE r.modified_at <= excluded.modified_at
             AND (r.company_id, r.properties, r.modified_at) <> (excluded.company_id, excluded.properties, excluded.modified_at))
     SELECT incoming.id, before.company_id AS before, kept.company_id AS after,
       before.properties IS DISTINCT FROM kept.properties AS changed
     FROM incoming LEFT JOIN before USING (id) LEFT JOIN kept USING (id)`,
    [type, incoming, links],
  );
  const linksOf = new Map(records.map(({ id, links: own }) => [id, own]));
  for (const { id, before, after, changed } of saved.rows) {
    const linked = linkedBefore.get(id) ?? new Set();
    const isKept = after !== null;
    const nowLinked = new Set(
      (linksOf.get(id) ?? []).flatMap(({ toType, toId }) => (isKept && toType === "company" ? [toId] : [])),
    );
    const isSame = before === after && !changed;
    for (const companyId of isSame ? linked.symmetricDifference(nowLinked) : linked.union(nowLinked)) {
      touched.add(companyId);
    }
    if (isSame) continue;
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
    for (const id of (await reassignRecords(client, contactIds, "forget")).companyIds) touched.add(id);
  }
  return [...touched];
}

/** Who moves one of the contacts now waits, and then sees these records; else neither would see the other. */
async function lockContacts(client: PoolClient, records: readonly MirroredRecord[]): Promise<void> {
  const ids = records.flatMap(({ links }) => links.flatMap(({ toType, toId }) => (toType === "contact" ? [toId] : [])));
  await client.query(`SELECT 1 FROM records WHERE type = 'contact' AND id = ANY ($1) ORDER BY id FOR SHARE`, [ids]);
}

/** Locks those that are here, so that what is compared with is what is overwritten. */
async function withoutOlder(
  client: PoolClient,
  type: ChildType,
  records: readonly MirroredRecord[],
): Promise<MirroredRecord[]> {
  const { rows } = await client.query<{ id: string; modified_at: Date }>(
    `SELECT id, modified_at FROM records WHERE type = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE`,
    [type, records.map(({ id }) => id)],
  );
  const known = new Map(rows.map(({ id, modified_at: modifiedAt }) => [id, modifiedAt]));
  return records.filter(({ id, modifiedAt }) => modifiedAt >= (known.get(id) ?? modifiedAt));
}
