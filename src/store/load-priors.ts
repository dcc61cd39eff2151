import type { PoolClient } from "pg";
import type { Prior } from "../scoring/decision.ts";
import { HISTORY_DAYS, type PastScore } from "../scoring/scores/past-score.ts";
import type { StandingTask } from "../scoring/plays/plan-tasks.ts";
import type { Observation } from "../scoring/signals/snapshot.ts";

type StoredPrior = { prior: Omit<Prior, "values">; digests: Map<string, string> };
type ScoreRow = {
  company_id: string;
  name: string;
  value: number | null;
  band: string;
  last_named_band: string | null;
  ruleset_hash: string;
  phase: string | null;
  digest: string;
  /** Of one score of a company: all that were decided together carry the same. */
  signals: Record<string, Observation> | null;
};
type PastRow = {
  company_id: string;
  name: string;
  at: Date;
  value: number | null;
  band: string;
  ruleset_hash: string;
  phase: string | null;
};
type TaskRow = {
  company_id: string;
  key: string;
  called: string | null;
  play: string;
  /** Null where it stands no more. */
  state: StandingTask["state"] | null;
  escalation: string | null;
  called_at: Date;
  made_at: Date | null;
};

/**
 * What earlier decisions left behind of companies, but for the values. A task that is (or will be) closed by us stands
 * no more: a customer that drops again meanwhile gets a new one. One that was cancelled before it was made bothered
 * nobody, and so it is not counted as the last that was made. The snapshot is that of the last decision by these very
 * rules: under others a signal of the same name may be another, and of a time as no customer nothing is carried over.
 */
export async function loadPriors(
  client: Pick<PoolClient, "query">,
  companyIds: readonly string[],
  { rulesetHash: ownHash, now }: { rulesetHash: string; now: Date },
): Promise<(companyId: string) => StoredPrior> {
  const scores = await client.query<ScoreRow>(
    `SELECT company_id, name, value, band, last_named_band, ruleset_hash, phase, digest,
       CASE WHEN is_own AND row_number() OVER (PARTITION BY company_id, is_own ORDER BY at DESC, name) = 1
         THEN detail->'signals' END AS signals
     FROM (SELECT *, ruleset_hash = $2 AND band <> 'churned' AS is_own FROM scores WHERE company_id = ANY ($1)) AS kept`,
    [companyIds, ownHash],
  );
  const history = await client.query<PastRow>(
    `SELECT past.* FROM scores CROSS JOIN LATERAL (
       SELECT company_id, name, at, value, band, ruleset_hash, phase FROM score_history h
       WHERE h.company_id = scores.company_id AND h.name = scores.name AND h.at >= coalesce(
         (SELECT max(at) FROM score_history b WHERE b.company_id = scores.company_id AND b.name = scores.name
            AND b.at <= $2::timestamptz - $3 * interval '1 day'), '-infinity')) AS past
     WHERE scores.company_id = ANY ($1) ORDER BY past.company_id, past.name, past.at`,
    [companyIds, now, HISTORY_DAYS],
  );
  const tasks = await client.query<TaskRow>(
    `SELECT company_id, key, called, play, planned->>'escalation' AS escalation,
       greatest(decided_at, called_at) AS called_at,
       CASE WHEN state IN ('waiting', 'planned', 'open', 'taken') THEN state
         WHEN state = 'updating' THEN 'open'
         WHEN state = 'sending' AND closing_reason IS NULL THEN state END AS state,
       CASE WHEN state <> 'cancelled' THEN greatest(decided_at, admitted_at, called_at) END AS made_at
     FROM tasks WHERE company_id = ANY ($1) ORDER BY key`,
    [companyIds],
  );
  const scoresByCompany = Map.groupBy(scores.rows, (row) => row.company_id);
  const historyByCompany = Map.groupBy(history.rows, (row) => row.company_id);
  const tasksByCompany = Map.groupBy(tasks.rows, (row) => row.company_id);

  return (companyId) => {
    const ownScores = scoresByCompany.get(companyId) ?? [];
    const signals = ownScores.find((row) => row.signals !== null)?.signals;
    const past = Map.groupBy(historyByCompany.get(companyId) ?? [], ({ name }) => name);
    return {
      prior: {
        scores: new Map(
          ownScores.map(({ name, value, band, last_named_band: lastNamedBand, ruleset_hash: rulesetHash, phase }) => [
            name,
            { value, band, lastNamedBand, rulesetHash, phase },
          ]),
        ),
        history: new Map([...past].map(([name, rows]) => [name, rows.map(pastScoreOf)])),
        snapshot: signals ? new Map(Object.entries(signals)) : null,
        ...priorTasksOf(companyId, tasksByCompany.get(companyId) ?? []),
      },
      digests: new Map(ownScores.map(({ name, digest }) => [name, digest])),
    };
  };
}

function pastScoreOf({ at, value, band, ruleset_hash: rulesetHash, phase }: PastRow): PastScore {
  return { at: at.getTime(), value, band, rulesetHash, phase };
}

function priorTasksOf(
  companyId: string,
  rows: readonly TaskRow[],
): Pick<Prior, "tasks" | "tasksMade" | "lastTaskAt" | "taskKeys"> {
  const lastTaskAt = new Map<string, number>();
  for (const { play, made_at: madeAt } of rows) {
    if (madeAt) lastTaskAt.set(play, Math.max(madeAt.getTime(), lastTaskAt.get(play) ?? 0));
  }
  return {
    tasks: rows.flatMap(({ key, play, state, escalation, called_at: calledAt }) =>
      state ? [{ key, play, state, escalation, calledAt: calledAt.getTime() }] : [],
    ),
    tasksMade: new Map([...Map.groupBy(rows, ({ play }) => play)].map(([play, made]) => [play, made.length])),
    lastTaskAt,
    taskKeys: new Set(
      rows.flatMap(({ play, key, called }) =>
        [key, called].flatMap((made) => (made === null ? [] : keyUnder(companyId, play, made))),
      ),
    ),
  };
}

/** A key that was made under an id that the company had before a merge, as it would be made now. */
function keyUnder(companyId: string, play: string, key: string): string {
  const prefix = `${play}-`;
  if (!key.startsWith(prefix)) return key;
  const afterId = key.indexOf("-", prefix.length);
  return afterId < 0 ? key : `${prefix}${companyId}${key.slice(afterId)}`;
}
