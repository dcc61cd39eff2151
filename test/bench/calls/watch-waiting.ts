import type { Pool } from "pg";

/** Whether there is work whose calls wait for their turn. */
export type WaitingWatch = { readonly isCalling: boolean; stop(): void };

const EVERY_MS = 100;
/** So many companies are to be written, on average, for each turn that the three replicas can take at once. */
const MANY = 200;

/**
 * Looks ten times a second at the work that waits: a sweep that reads, which it does before it has scored its first
 * range, or more companies to be delivered than the workers hold already. A sweep that scores calls nobody.
 */
export function watchWaiting(pool: Pool): WaitingWatch {
  let isCalling = true;
  const look = async () => {
    const { rows } = await pool.query<{ reads: boolean; deliveries: number }>(
      `SELECT EXISTS (SELECT 1 FROM sweeps WHERE finished_at IS NULL AND cursor IS NULL) AS reads,
         (SELECT count(*)::int FROM work WHERE kind = 'deliver') AS deliveries`,
    );
    isCalling = rows.some(({ reads, deliveries }) => reads || deliveries > MANY);
  };
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS);
  return {
    get isCalling() {
      return isCalling;
    },
    stop: () => clearInterval(timer),
  };
}
