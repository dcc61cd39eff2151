import type { Language } from "./ruleset.ts";
import type { Score } from "./score.ts";
import { sayObservation, wordsOf } from "./words.ts";

const MOST = 3;
/** A loss under one point is no reason that anybody could act on. */
const LEAST_LOST = 1;

/**
 * Why a score is not 100, in words: the cap that holds it, then the rules that lost most, three lines at the most.
 * Stable from one night to the next while nothing happens.
 */
export function reasonsOf(score: Score, language: Language): string[] {
  const losses = score.contributions
    .filter(({ lost }) => score.value !== null && lost >= LEAST_LOST)
    .toSorted((a, b) => b.lost - a.lost)
    .map(({ label, observation }) => `${label}: ${sayObservation(observation, language)}`);
  const caps = score.limit?.kind === "cap" ? [wordsOf(language).capped(score.limit.at, score.limit.label)] : [];
  return [...caps, ...losses].slice(0, MOST);
}
