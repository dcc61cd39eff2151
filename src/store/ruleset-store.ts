import type { Pool } from "pg";
import type { RecordedRuleset, RulesetStore } from "../pipeline/ruleset-store-port.ts";

export function createRulesetStore(pool: Pool): RulesetStore {
  return {
    async record({ hash, name, text }, now) {
      await pool.query(
        `INSERT INTO rulesets (hash, name, text, first_at, last_at) VALUES ($1, $2, $3, $4, $4)
         ON CONFLICT (hash) DO UPDATE SET last_at = greatest(rulesets.last_at, excluded.last_at)`,
        [hash, name, text, now],
      );
    },

    async list() {
      const { rows } = await pool.query<RecordedRuleset>(
        `SELECT hash, name, text, first_at AS "firstAt", last_at AS "lastAt" FROM rulesets ORDER BY last_at DESC, hash`,
      );
      return rows;
    },
  };
}
