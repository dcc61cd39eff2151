import type { PoolClient } from "pg";
import type { ChildType, CompanyState } from "../pipeline/store-port.ts";
import type { PriorScore } from "../scoring/decision.ts";
import type { PropertyValues } from "../scoring/facts.ts";

const CHANGE_WINDOW_DAYS = 30;
/** A task that is (or will be) closed by us stands no more: a customer that drops again meanwhile gets a new one. */
const STANDS = `state IN ('planned', 'open', 'taken') OR (state = 'sending' AND closing_reason IS NULL)`;

/** A company with what the store has to compare a decision with. */
export type StoredState = CompanyState & { written: Record<string, string>; digests: Map<string, string> };

type CompanyRow = {
  id: string;
  properties: PropertyValues;
  decided: Record<string, string> | null;
  written: Record<string, string>;
};
type ScoreRow = {
  company_id: string;
  name: string;
  value: number | null;
  band: string;
  last_named_band: string | null;
  ruleset_hash: string;
  digest: string;
  value_ago: number | null;
};
type TaskRow = { company_id: string; key: string; play: string; stands: boolean };

/**
 * Loads the complete ones of these companies for a decision and locks their rows, in the order of ids, until the transaction ends. Not so that
 * records of theirs could not be saved meanwhile: those mark the company, and it is decided again.
 */
export async function loadCompanyStates(
  client: PoolClient,
  companyIds: readonly string[],
  { unreadable, now }: { unreadable: ReadonlySet<ChildType>; now: Date },
): Promise<StoredState[]> {
  const companies = await client.query<CompanyRow>(
    `SELECT id, properties, decided, written FROM companies WHERE id = ANY ($1) AND is_complete
     ORDER BY id FOR NO KEY UPDATE`,
    [companyIds],
  );
  const records = await client.query<{ type: ChildType; company_id: string; properties: PropertyValues }>(
    `SELECT type, company_id, properties FROM records WHERE company_id = ANY ($1) ORDER BY company_id, type, id`,
    [companyIds],
  );
  const scores = await client.query<ScoreRow>(
    `SELECT s.company_id, s.name, s.value, s.band, s.last_named_band, s.ruleset_hash, s.digest, ago.value AS value_ago
     FROM scores s LEFT JOIN LATERAL (
       SELECT value FROM score_history h WHERE h.company_id = s.company_id AND h.name = s.name
         AND h.at <= $2::timestamptz - $3 * interval '1 day'
       ORDER BY h.at DESC LIMIT 1) AS ago ON true
     WHERE s.company_id = ANY ($1)`,
    [companyIds, now, CHANGE_WINDOW_DAYS],
  );
  const tasks = await client.query<TaskRow>(
    `SELECT company_id, key, play, ${STANDS} AS stands FROM tasks WHERE company_id = ANY ($1) ORDER BY key`,
    [companyIds],
  );

  const recordsByCompany = Map.groupBy(records.rows, (row) => row.company_id);
  const scoresByCompany = Map.groupBy(scores.rows, (row) => row.company_id);
  const tasksByCompany = Map.groupBy(tasks.rows, (row) => row.company_id);
  return companies.rows.map(({ id, properties, decided, written }): StoredState => {
    const ownRecords = recordsByCompany.get(id) ?? [];
    const ownScores = scoresByCompany.get(id) ?? [];
    const ownTasks = tasksByCompany.get(id) ?? [];
    const recordsOf = (wanted: ChildType) =>
      unreadable.has(wanted) ? null : ownRecords.filter(({ type }) => type === wanted).map((row) => row.properties);
    return {
      facts: {
        companyId: id,
        company: properties,
        contacts: recordsOf("contact"),
        tickets: recordsOf("ticket"),
        invoices: recordsOf("invoice"),
      },
      prior: {
        scores: new Map(ownScores.map((row) => [row.name, priorScoreOf(row)])),
        values: decided,
        tasks: ownTasks.filter(({ stands }) => stands).map(({ key, play }) => ({ key, play })),
        tasksMade: new Map([...Map.groupBy(ownTasks, ({ play }) => play)].map(([play, made]) => [play, made.length])),
      },
      written,
      digests: new Map(ownScores.map(({ name, digest }) => [name, digest])),
    };
  });
}

function priorScoreOf(row: ScoreRow): PriorScore {
  const { value, band, last_named_band: lastNamedBand, ruleset_hash: rulesetHash, value_ago: valueAgo } = row;
  return { value, band, lastNamedBand, rulesetHash, valueAgo };
}
