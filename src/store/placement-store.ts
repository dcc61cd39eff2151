import type { Pool } from "pg";
import type { PlacementStore } from "../pipeline/placement-store-port.ts";
import type { CutPoints } from "../scoring/scores/placement.ts";

/** Where a score stands: the same as `placementOf` gives, and the empty text for none. */
const PLACEMENT = `CASE WHEN value >= $4::int THEN 'healthy' WHEN value < $3::int THEN 'unhealthy'
  WHEN $3::int IS NOT NULL AND value IS NOT NULL THEN 'middle' ELSE '' END`;

export function createPlacementStore(pool: Pool): PlacementStore {
  return {
    async cut(scoreName, rulesetHash, { unhealthy, healthy }) {
      const { rows } = await pool.query<CutPoints & { customers: number }>(
        `SELECT count(*)::int AS customers,
           coalesce((array_agg(value ORDER BY value))[1 + floor(count(*) * $3::numeric / 100)::int], 0)::int AS low,
           coalesce((array_agg(value ORDER BY value))[1 + ceil(count(*) * $4::numeric / 100)::int], max(value), 0)::int
             AS high
         FROM scores WHERE name = $1 AND ruleset_hash = $2 AND value IS NOT NULL AND band <> 'churned'`,
        [scoreName, rulesetHash, unhealthy, healthy],
      );
      return rows[0] ?? { customers: 0, low: 0, high: 0 };
    },

    async misplaced(scoreName, property, cut) {
      const { rows } = await pool.query<{ company_id: string }>(
        `SELECT company_id FROM scores JOIN companies ON companies.id = company_id
         WHERE name = $1 AND band <> 'churned' AND is_complete AND coalesce(decided->>$2, '') <> ${PLACEMENT}
         ORDER BY company_id`,
        [scoreName, property, cut?.low, cut?.high],
      );
      return rows.map((row) => row.company_id);
    },
  };
}
