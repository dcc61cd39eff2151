import type { PoolClient } from "pg";
import { refreshKey } from "../pipeline/pipeline-context.ts";
import type { Priority } from "../pipeline/store-port.ts";
import { markWork } from "./mark-work.ts";
import { reassignRecords } from "./reassign-records.ts";

/**
 * Contacts are read again so much later: what reads them now may have begun before, and HubSpot's search was seen to show
 * a record for half a minute after it was gone.
 */
const LOOK_AGAIN_MS = 60_000;

const FORGOTTEN = `'{"known": false, "why": "forgotten"}'::jsonb`;
/** What was not known anyway tells of nobody, and stays. */
const TELLS = (observation: string) => `(${observation}->>'known' = 'true' OR ${observation} ? 'held')`;

/** The detail of a score without what the signals in $2 were. */
const WITHOUT_SIGNALS = `detail || jsonb_build_object(
  'signals', (
    SELECT coalesce(jsonb_object_agg(name,
      CASE WHEN name = ANY ($2) AND ${TELLS("observation")} THEN ${FORGOTTEN} ELSE observation END), '{}')
    FROM jsonb_each(detail->'signals') AS signal (name, observation)),
  'score', detail->'score' || jsonb_build_object(
    'contributions', (
      SELECT coalesce(jsonb_agg(CASE
        WHEN rule->>'signal' = ANY ($2) AND ${TELLS("(rule->'observation')")}
          THEN rule || jsonb_build_object('observation', ${FORGOTTEN})
        ELSE rule END ORDER BY number), '[]')
      FROM jsonb_array_elements(detail->'score'->'contributions') WITH ORDINALITY AS rules (rule, number)),
    'pulse', CASE
      WHEN EXISTS (SELECT 1 FROM unnest($2::text[]) AS name WHERE detail->'signals'->name = detail->'score'->'pulse'
                   AND ${TELLS("(detail->'signals'->name)")}) THEN ${FORGOTTEN}
      ELSE detail->'score'->'pulse' END))`;

/**
 * Forgets contacts within a transaction. Scores stay as they were, without what the signals over contacts were: which
 * part of that came of whom is not kept, so it goes for all contacts of the companies.
 */
export async function forgetContacts(
  client: PoolClient,
  { ids, signals, priority }: { ids: readonly string[]; signals: readonly string[]; priority: Priority },
  now: Date,
): Promise<void> {
  await client.query(`DELETE FROM records WHERE type = 'contact' AND id = ANY ($1)`, [ids]);
  const reassigned = await reassignRecords(client, ids, "forget");
  await client.query(`DELETE FROM links WHERE to_type = 'contact' AND to_id = ANY ($1)`, [ids]);
  const left = await client.query<{ company_id: string }>(
    `DELETE FROM former_contacts WHERE contact_id = ANY ($1) RETURNING company_id`,
    [ids],
  );
  const leftIds = left.rows.map((row) => row.company_id);
  const companies = await client.query<{ id: string; is_complete: boolean }>(
    `SELECT id, is_complete FROM companies WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE`,
    [[...new Set([...leftIds, ...reassigned.companyIds])]],
  );
  // Without a digest the score is kept anew whatever it is.
  await client.query(`UPDATE scores SET detail = ${WITHOUT_SIGNALS}, digest = '' WHERE company_id = ANY ($1)`, [
    leftIds,
    signals,
  ]);
  await client.query(`UPDATE score_history SET detail = ${WITHOUT_SIGNALS} WHERE company_id = ANY ($1)`, [
    leftIds,
    signals,
  ]);

  const refreshKeys = ids.map((id) => refreshKey({ type: "contact", id }));
  await client.query(`DELETE FROM dead_letters WHERE kind = 'refresh' AND key = ANY ($1)`, [refreshKeys]);
  await client.query(`UPDATE work SET last_error = NULL WHERE kind = 'refresh' AND key = ANY ($1)`, [refreshKeys]);
  const hints = companies.rows.flatMap(({ id: key, is_complete: isComplete }) =>
    isComplete ? [{ kind: "rescore" as const, key, priority }] : [],
  );
  await markWork(client, hints, now);
  const later = new Date(now.getTime() + LOOK_AGAIN_MS);
  await markWork(
    client,
    refreshKeys.map((key) => ({ kind: "refresh" as const, key, priority })),
    later,
  );
}
