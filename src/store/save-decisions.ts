import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import type { DecisionCount, Priority } from "../pipeline/store-port.ts";
import type { Decision } from "../scoring/decision.ts";
import { isWritten } from "../pipeline/is-written.ts";
import { lastNamedBand } from "../scoring/scores/last-named-band.ts";
import type { StoredState } from "./load-company-states.ts";
import { markWork } from "./mark-work.ts";
import { endTasks, insertTasks, updateTasks } from "./save-tasks.ts";
import { storableJson } from "./storable-json.ts";

type Decided = { state: StoredState; decision: Decision };
type ScoreRow = {
  company_id: string;
  name: string;
  value: number | null;
  band: string;
  last_named_band: string | null;
  phase: string | null;
  detail: unknown;
  digest: string;
  is_stale: boolean;
  is_history: boolean;
};
type Context = { rulesetHash: string; priority: Priority; now: Date };

/** Keeps decisions within the transaction that loaded their companies; only what changed is written. */
export async function saveDecisions(
  client: PoolClient,
  decided: readonly Decided[],
  context: Context,
): Promise<DecisionCount> {
  const scored = decided.filter(({ decision }) => decision.standing !== "stranger");
  const changed = scored.filter(({ state, decision }) => !isEqual(state.prior.values, decision.values));
  await saveValues(client, changed);
  await saveScores(client, decided, context);
  const decisionsOf = (wanted: Decision["standing"]) =>
    decided.flatMap(({ decision }) => (decision.standing === wanted ? [decision] : []));
  await markChurned(client, decisionsOf("left"), context);
  await dropOtherScores(client, scored);
  const strangers = decisionsOf("stranger").map(({ companyId }) => companyId);
  await forgetScores(client, strangers, context.now);
  const tasks = decided.flatMap(({ decision }) => decision.tasks);
  await insertTasks(client, tasks, context.now);
  const updates = decided.flatMap(({ decision }) => decision.updates);
  const updated = await updateTasks(client, updates, context.now);
  const closings = decided.flatMap(({ decision }) => decision.closings);
  const ended = await endTasks(client, closings, context.now);

  const unwritten = scored.filter(({ state, decision }) => !isWritten(decision.values, state.written));
  const stale = [
    ...unwritten.map(({ decision }) => decision.companyId),
    ...tasks.map((task) => task.companyId),
    ...updated,
    ...ended,
  ];
  const hints = stale.map((key) => ({ kind: "deliver" as const, key, priority: context.priority }));
  await markWork(client, hints, context.now);
  return { decided: decided.length, changed: changed.length, tasks: tasks.length, closings: ended.length };
}

async function saveValues(client: PoolClient, changed: readonly Decided[]): Promise<void> {
  const rows = changed.map(({ decision: { companyId: id, values } }) => ({ id, values }));
  if (rows.length === 0) return;
  await client.query(
    `UPDATE companies SET decided = row.values FROM json_to_recordset($1) AS row (id text, values jsonb)
     WHERE companies.id = row.id`,
    [storableJson(rows)],
  );
}

async function saveScores(client: PoolClient, decided: readonly Decided[], context: Context): Promise<void> {
  const rows = decided.flatMap(({ state, decision }): ScoreRow[] => {
    const { companyId: company_id, standing, snapshot } = decision;
    if (standing !== "customer") return [];
    return decision.scores.map((score) => {
      const before = state.prior.scores.get(score.name);
      const detail = { signals: Object.fromEntries(snapshot), score };
      const digest = digestOf(JSON.stringify([context.rulesetHash, detail]));
      const told = before?.value === score.value && before.band === score.band && before.phase === score.phase;
      return {
        company_id,
        name: score.name,
        value: score.value,
        band: score.band,
        last_named_band: lastNamedBand(score, before),
        phase: score.phase,
        detail,
        digest,
        is_stale: state.digests.get(score.name) !== digest,
        is_history: !told || before.rulesetHash !== context.rulesetHash,
      };
    });
  });
  const stale = rows.filter(({ is_stale }) => is_stale);
  if (stale.length === 0) return;
  await client.query(
    `WITH row AS (
       SELECT * FROM json_to_recordset($1) AS row (company_id text, name text, value smallint, band text,
         last_named_band text, phase text, detail jsonb, digest text, is_history boolean)),
     history AS (
       INSERT INTO score_history (company_id, name, at, value, band, ruleset_hash, phase, detail)
       SELECT company_id, name, $2, value, band, $3, phase, detail FROM row WHERE is_history
       ON CONFLICT (company_id, name, at) DO UPDATE SET value = excluded.value, band = excluded.band,
         ruleset_hash = excluded.ruleset_hash, phase = excluded.phase, detail = excluded.detail)
     INSERT INTO scores (company_id, name, value, band, last_named_band, ruleset_hash, phase, at, detail, digest)
     SELECT company_id, name, value, band, last_named_band, $3, phase, $2, detail, digest FROM row
     ON CONFLICT (company_id, name) DO UPDATE SET value = excluded.value, band = excluded.band,
       last_named_band = excluded.last_named_band, ruleset_hash = excluded.ruleset_hash, phase = excluded.phase,
       at = excluded.at, detail = excluded.detail, digest = excluded.digest`,
    [storableJson(stale), context.now, context.rulesetHash],
  );
}

/** The last score of a customer that has left stays, in the band `churned`; should it return, it starts anew. */
async function markChurned(client: PoolClient, left: readonly Decision[], context: Context): Promise<void> {
  const rows = left.flatMap(({ companyId: company_id, scores }) =>
    scores.map((score) => ({ company_id, name: score.name, detail: { signals: {}, score } })),
  );
  if (rows.length === 0) return;
  await client.query(
    `WITH churned AS (
       INSERT INTO scores (company_id, name, band, ruleset_hash, at, detail, digest)
       SELECT company_id, name, 'churned', $3, $2, detail, ''
       FROM json_to_recordset($1) AS row (company_id text, name text, detail jsonb)
       ON CONFLICT (company_id, name) DO UPDATE SET band = excluded.band, last_named_band = NULL, at = excluded.at,
         digest = excluded.digest
         WHERE scores.band <> excluded.band
       RETURNING *)
     INSERT INTO score_history (company_id, name, at, value, band, ruleset_hash, phase, detail)
     SELECT company_id, name, at, value, band, ruleset_hash, phase, detail FROM churned
     ON CONFLICT DO NOTHING`,
    [storableJson(rows), context.now, context.rulesetHash],
  );
}

/** Scores that the rules no longer have stand no more; what they were stays in the history. */
async function dropOtherScores(client: PoolClient, scored: readonly Decided[]): Promise<void> {
  const rows = scored.flatMap(({ state, decision: { companyId: company_id, scores } }) => {
    const names = new Set(scores.map(({ name }) => name));
    return [...state.prior.scores.keys()].filter((name) => !names.has(name)).map((name) => ({ company_id, name }));
  });
  if (rows.length === 0) return;
  await client.query(
    `DELETE FROM scores USING json_to_recordset($1) AS row (company_id text, name text)
     WHERE scores.company_id = row.company_id AND scores.name = row.name`,
    [storableJson(rows)],
  );
}

/** What is no customer any more has no score; in the history it has left, so that it starts anew should it return. */
async function forgetScores(client: PoolClient, companyIds: readonly string[], now: Date): Promise<void> {
  await client.query(
    `WITH forgotten AS (DELETE FROM scores WHERE company_id = ANY ($1) RETURNING *)
     INSERT INTO score_history (company_id, name, at, value, band, ruleset_hash, phase, detail)
     SELECT company_id, name, $2, value, 'churned', ruleset_hash, phase, detail FROM forgotten
     ON CONFLICT (company_id, name, at) DO UPDATE SET band = excluded.band`,
    [companyIds, now],
  );
}

function isEqual(a: Record<string, string> | null, b: Record<string, string>): boolean {
  if (a === null) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
