import type { Pool } from "pg";
import type { PortfolioCompany, PortfolioContext, PortfolioStore } from "../pipeline/portfolio-store-port.ts";
import type { ScoreDetail } from "../pipeline/store-port.ts";
import type { PropertyValues } from "../scoring/facts.ts";
import type { Observation } from "../scoring/signals/snapshot.ts";
import { loadFacts } from "./load-facts.ts";
import { transact } from "./transact.ts";

type CompanyRow = { id: string; properties: PropertyValues; signals: Record<string, Observation> | null };
type StoodRow = { name: string; at: Date; rulesetHash: string; detail: ScoreDetail };

/** Every score of a company keeps the same signals; one is enough. */
const SIGNALS = `(SELECT detail->'signals' FROM scores WHERE company_id = companies.id AND band <> 'churned'
  ORDER BY at DESC, name LIMIT 1)`;

export function createPortfolioStore(pool: Pool): PortfolioStore {
  const read = (where: string, values: unknown[], { unreadable, linked, withSignals }: PortfolioContext) =>
    transact(pool, async (client): Promise<PortfolioCompany[]> => {
      const { rows } = await client.query<CompanyRow>(
        `SELECT id, properties, ${withSignals ? SIGNALS : "NULL"} AS signals FROM companies WHERE is_complete AND ${where}`,
        values,
      );
      const factsOf = await loadFacts(
        client,
        rows.map(({ id }) => id),
        { unreadable, linked },
      );
      return rows.map(({ id, properties, signals }) => ({
        facts: factsOf(id, properties),
        before: signals && new Map(Object.entries(signals)),
      }));
    });

  return {
    readAfter: (companyId, limit, context) => read(`id > $1 ORDER BY id LIMIT $2`, [companyId, limit], context),

    async readOne(companyId, context) {
      const [company] = await read(`id = $1`, [companyId], context);
      return company ?? null;
    },

    async scoresAt(companyId, at) {
      const { rows } = await pool.query<StoodRow>(
        `SELECT DISTINCT ON (name) name, at, ruleset_hash AS "rulesetHash", detail FROM score_history
         WHERE company_id = $1 AND at <= $2 ORDER BY name, at DESC`,
        [companyId, at],
      );
      return rows.map(({ detail: { signals, score }, ...row }) => ({
        ...row,
        score,
        signals: new Map(Object.entries(signals)),
      }));
    },
  };
}
