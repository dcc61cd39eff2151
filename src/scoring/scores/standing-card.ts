import type { Score } from "./score.ts";
import type { Band, Card, ScoreRules } from "../ruleset/score-rules.ts";

/** The card by which a score was made: its phase's, or the score's own. */
export function standingCard(rules: ScoreRules, { phase }: Score): Card {
  return rules.phases.find(({ name }) => name === phase) ?? rules;
}

/** The band that a score is in; undefined for `unknown` and `churned`. */
export function standingBand(rules: ScoreRules, score: Score): Band | undefined {
  return standingCard(rules, score).bands.find(({ name }) => name === score.band);
}
