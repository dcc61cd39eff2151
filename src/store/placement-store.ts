import type { Pool } from "pg";
import type { PlacementStore } from "../pipeline/placement-store-port.ts";
import type { CutPoints } from "../scoring/scores/placement.ts";

export function createPlacementStore(pool: Pool): PlacementStore {
  return {
    async cut(scoreName, rulesetHash, { unhealthy, healthy }) {
      const { rows } = await pool.query<CutPoints & { customers: number }>(
        `SELECT count(*)::int AS customers,
           coalesce(percentile_disc($3::float8 / 100) WITHIN GROUP (ORDER BY value), 0)::int AS low,
           coalesce(percentile_disc($4::float8 / 100) WITHIN GROUP (ORDER BY value), 0)::int AS high
         FROM scores WHERE name = $1 AND ruleset_hash = $2 AND value IS NOT NULL AND band <> 'churned'`,
        [scoreName, rulesetHash, unhealthy, healthy],
      );
      return rows[0] ?? { customers: 0, low: 0, high: 0 };
    },

    async movedBetween(scoreName, before, after) {
      const { rows } = await pool.query<{ company_id: string }>(
        `SELECT company_id FROM scores
         WHERE name = $1 AND value IS NOT NULL AND band <> 'churned'
           AND (value >= $2, value < $3) IS DISTINCT FROM (value >= $4, value < $5)
         ORDER BY company_id`,
        [scoreName, before?.high, before?.low, after?.high, after?.low],
      );
      return rows.map((row) => row.company_id);
    },
  };
}
