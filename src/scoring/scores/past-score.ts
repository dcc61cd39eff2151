/** A score that stood from an instant (ms since the epoch) on. */
export type PastScore = {
  at: number;
  value: number | null;
  band: string;
  rulesetHash: string;
  phase: string | null;
};

/** How far back scores are looked at: no play and no change in words reaches further. */
export const HISTORY_DAYS = 366;

/** The score that stood at an instant; null where there was none. `history` is in order of time. */
export function standingAt(history: readonly PastScore[], instantMs: number): PastScore | null {
  return history.findLast(({ at }) => at <= instantMs) ?? null;
}
