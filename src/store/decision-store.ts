import type { Pool } from "pg";
import type { DecisionStore, StoredDecision } from "../pipeline/store-port.ts";
import { loadCompanyStates } from "./load-company-states.ts";
import { saveDecisions } from "./save-decisions.ts";
import { transact } from "./transact.ts";

export function createDecisionStore(pool: Pool): DecisionStore {
  return {
    decideEach: (companyIds, decide, context) =>
      transact(pool, async (client) => {
        const states = await loadCompanyStates(client, companyIds, context);
        const decided = states.flatMap((state) => {
          const decision = decide(state);
          return decision ? [{ state, decision }] : [];
        });
        return saveDecisions(client, decided, context);
      }),

    async read(companyId) {
      const { rows } = await pool.query<StoredDecision>(
        `SELECT id AS "companyId", coalesce(properties->>'name', '') AS name,
           coalesce(decided, '{}') AS "values", written,
           coalesce((SELECT jsonb_agg(jsonb_build_object('name', name, 'band', band, 'at', at, 'rulesetHash', ruleset_hash,
             'detail', detail) ORDER BY name) FROM scores WHERE company_id = $1), '[]') AS scores,
           coalesce((SELECT jsonb_agg(jsonb_build_object('key', key, 'state', state, 'taskId', task_id)
             ORDER BY decided_at) FROM tasks WHERE company_id = $1), '[]') AS tasks
         FROM companies WHERE id = $1`,
        [companyId],
      );
      const [row] = rows;
      return row ? { ...row, scores: row.scores.map((score) => ({ ...score, at: new Date(score.at) })) } : null;
    },

    async countByBand(scoreName) {
      const { rows } = await pool.query<{ band: string; companies: number }>(
        `SELECT band, count(*)::int AS companies FROM scores WHERE name = $1 GROUP BY band ORDER BY band`,
        [scoreName],
      );
      return rows;
    },
  };
}
