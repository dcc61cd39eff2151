import type { Limit } from "../ruleset/score-rules.ts";

/**
 * The limit that decides a score, of those that hold; null where none moves it. Floors lift first and caps come last:
 * where both apply, the worse news holds. Of several the strictest counts, and of equal ones the first.
 */
export function strictestLimit(holding: readonly Limit[], score: number): Limit | null {
  const floors = holding.filter(({ kind, at }) => kind === "floor" && at > score);
  const floor = floors.reduce<Limit | null>((best, limit) => (best && best.at >= limit.at ? best : limit), null);
  const floored = floor?.at ?? score;
  const caps = holding.filter(({ kind, at }) => kind === "cap" && at < floored);
  const cap = caps.reduce<Limit | null>((best, limit) => (best && best.at <= limit.at ? best : limit), null);
  return cap ?? floor;
}
