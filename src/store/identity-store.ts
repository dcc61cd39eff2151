import type { Pool } from "pg";
import type { IdentityStore } from "../pipeline/identity-store-port.ts";
import { forgetContacts } from "./forget-contacts.ts";
import { currentId, mergeInto } from "./merge-into.ts";
import { transact } from "./transact.ts";

export function createIdentityStore(pool: Pool): IdentityStore {
  return {
    async merge(merge, now) {
      // Told again with every read of the company: mostly there is nothing to lock.
      const { rows } = await pool.query<{ is_made: boolean }>(
        `SELECT NOT EXISTS (SELECT 1 FROM companies WHERE id = ANY ($2)) AND NOT EXISTS (
           SELECT 1 FROM unnest($2::text[]) AS old (id)
           LEFT JOIN company_aliases ON alias = old.id WHERE company_id IS DISTINCT FROM $1) AS is_made`,
        [merge.id, merge.mergedIds],
      );
      return rows[0]?.is_made ? [] : transact(pool, (client) => mergeInto(client, merge, now));
    },

    currentId: (companyId) => currentId(pool, companyId),

    forgetContacts: (ids, signals, priority, now) =>
      transact(pool, (client) => forgetContacts(client, { ids, signals, priority }, now)),
  };
}
