import { bandOf } from "./band.ts";
import { compileCard, type CardScore } from "./compile-card.ts";
import { compileSnapshotCondition } from "../fields/condition.ts";
import type { Moment } from "../time/moment.ts";
import { overrideOf } from "./override.ts";
import { compileReasons } from "../words/reasons.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import type { Card, ScoreRules } from "../ruleset/score-rules.ts";
import type { Score } from "./score.ts";
import type { Snapshot } from "../signals/snapshot.ts";

export type CompiledScorecard = {
  rules: ScoreRules;
  score(snapshot: Snapshot, moment: Moment): Score;
  /** Why a score is what it is, in words: a line each. */
  reasonsOf(score: Score): string[];
  /** What to do about those reasons: a line each. */
  adviceOf(score: Score): string[];
  /** Whether reasons that were written before say the same, in whatever order and but for numbers that drift by day. */
  isSaidBy(standing: string, score: Score): boolean;
};

/**
 * A score's rules as functions. The score is made by the card of the first phase that holds, else by its own; what a person
 * has set then goes before what the card gives.
 */
export function compileScorecard(rules: ScoreRules, ruleset: Ruleset): CompiledScorecard {
  const own = { phase: null, card: rules, score: compileCard(rules) };
  const phases = rules.phases.map((phase) => ({
    phase: phase.name,
    card: phase,
    score: compileCard(phase),
    holds: compileSnapshotCondition(phase.when),
  }));
  return {
    rules,
    score(snapshot, moment) {
      const { phase, card, score } = phases.find(({ holds }) => holds(snapshot, moment)) ?? own;
      const pulse = rules.pulse === null ? null : (snapshot.get(rules.pulse) ?? null);
      const made = overridden(score(snapshot, moment), card, rules, snapshot, moment);
      return { name: rules.name, rulesetHash: ruleset.hash, phase, ...made, pulse };
    },
    ...compileReasons(rules, ruleset),
  };
}

function overridden(
  computed: CardScore,
  card: Card,
  rules: ScoreRules,
  snapshot: Snapshot,
  moment: Moment,
): CardScore & Pick<Score, "override"> {
  const set = rules.override && overrideOf(rules.name, snapshot, moment);
  if (!set) return { ...computed, override: null };
  const override = { ...set, computed: computed.value, points: set.value - (computed.value ?? 0) };
  return { ...computed, value: set.value, band: bandOf(card.bands, set.value), override };
}
