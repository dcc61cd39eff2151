import type { Pool } from "pg";
import type { ChildType, MirroredLink, MirrorStore } from "../pipeline/store-port.ts";
import { markWork } from "./mark-work.ts";
import { storableJson } from "./storable-json.ts";
import { transact } from "./transact.ts";

type MirrorQueries = Pick<
  MirrorStore,
  | "unchangedRecords"
  | "companiesAfter"
  | "recordsAfter"
  | "countCompanies"
  | "countRecords"
  | "idsBetween"
  | "linksTo"
  | "linkedToCompanies"
  | "readWritten"
  | "forgetWritten"
>;

/** What a sync asks of the mirror, by ranges of ids. */
export function createMirrorQueries(pool: Pool): MirrorQueries {
  const idsOf = async (text: string, values: unknown[]): Promise<string[]> => {
    const { rows } = await pool.query<{ id: string }>(text, values);
    return rows.map(({ id }) => id);
  };
  const count = async (text: string, values: unknown[]): Promise<number> => {
    const { rows } = await pool.query<{ count: number }>(text, values);
    return rows[0]?.count ?? 0;
  };

  return {
    async unchangedRecords(type, records) {
      const given = storableJson(records.map(({ id, modifiedAt }) => ({ id, modified_at: modifiedAt })));
      const ids = await idsOf(
        `SELECT records.id FROM records
         JOIN json_to_recordset($2) AS given (id text, modified_at timestamptz) USING (id, modified_at)
         WHERE records.type = $1`,
        [type, given],
      );
      return new Set(ids);
    },
    companiesAfter: (id, limit, which = "all") =>
      idsOf(`SELECT id FROM companies WHERE id > $1 AND NOT (is_complete AND $3) ORDER BY id LIMIT $2`, [
        id,
        limit,
        which === "incomplete",
      ]),
    recordsAfter: (type, id, limit) =>
      idsOf(`SELECT id FROM records WHERE type = $1 AND id > $2 ORDER BY id LIMIT $3`, [type, id, limit]),
    countCompanies: () => count(`SELECT count(*)::int AS count FROM companies`, []),
    countRecords: (type) => count(`SELECT count(*)::int AS count FROM records WHERE type = $1`, [type]),

    idsBetween(type, over, upTo) {
      // Text of the same length without zeros in front sorts as its numbers do, and the longer is the greater.
      const between = `(length(id), id) > (length($1::text), $1::text COLLATE "C")
        AND ($2::text IS NULL OR (length(id), id) <= (length($2), $2 COLLATE "C"))`;
      return type === "company"
        ? idsOf(`SELECT id FROM companies WHERE ${between}`, [over, upTo])
        : idsOf(`SELECT id FROM records WHERE ${between} AND type = $3`, [over, upTo, type]);
    },

    async linksTo(toType, toIds, fromType) {
      const { rows } = await pool.query<MirroredLink>(
        `SELECT from_id AS "fromId", to_id AS "toId", is_primary AS "primary" FROM links
         WHERE to_type = $1 AND to_id = ANY ($2) AND from_type = $3`,
        [toType, toIds, fromType],
      );
      return rows;
    },
    async linkedToCompanies(type: ChildType, ids) {
      const linked = await idsOf(
        `SELECT DISTINCT from_id AS id FROM links WHERE from_type = $1 AND from_id = ANY ($2) AND to_type = 'company'`,
        [type, ids],
      );
      return new Set(linked);
    },

    async readWritten(ids) {
      const { rows } = await pool.query<{ id: string; written: Record<string, string> }>(
        `SELECT id, written FROM companies WHERE id = ANY ($1) AND written <> '{}'`,
        [ids],
      );
      return new Map(rows.map(({ id, written }) => [id, written]));
    },
    forgetWritten: (given, now) =>
      transact(pool, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `UPDATE companies SET written = written - mine.properties
           FROM (SELECT companies.id, row.properties FROM companies
                 JOIN json_to_recordset($1) AS row ("companyId" text, properties text[]) ON row."companyId" = companies.id
                 ORDER BY companies.id FOR NO KEY UPDATE OF companies) AS mine
           WHERE companies.id = mine.id RETURNING companies.id`,
          [storableJson(given)],
        );
        await markWork(
          client,
          rows.map(({ id: key }) => ({ kind: "deliver", key, priority: "sweep" })),
          now,
        );
      }),
  };
}
