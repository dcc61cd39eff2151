import type { Condition } from "../ruleset/field-test.ts";
import type { Play } from "../ruleset/play.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import type { Card, Phase, ScoreRules } from "../ruleset/score-rules.ts";
import type { Signal } from "../ruleset/signal.ts";

/**
 * A ruleset as if some signals (built-ins among them) had never been thought of, and the signals worked out from them:
 * rules, adjustments, limits, phases and plays that name one are dropped, so are dimensions and scores that nothing is
 * left of. What is not known of anybody must not be taken for customers about whom nothing is known.
 */
export function withoutSignals(ruleset: Ruleset, names: ReadonlySet<string>): Ruleset {
  if (names.size === 0) return ruleset;
  const gone = withDependents(ruleset.signals, names);
  const scores = ruleset.scores.flatMap((score) => scoreWithout(score, gone));
  const left = new Set(scores.map(({ name }) => name));
  const lost = ruleset.scores.map(({ name }) => name).filter((name) => !left.has(name));
  const goneFromPlays = new Set([...gone, ...lost]);
  return {
    ...ruleset,
    signals: ruleset.signals.filter(({ name }) => !gone.has(name)),
    scores,
    plays: ruleset.plays.flatMap((play) => playWithout(play, goneFromPlays)),
  };
}

/** The names, and those of all signals that are worked out from one of them. */
export function withDependents(signals: readonly Signal[], names: ReadonlySet<string>): Set<string> {
  const gone = new Set(names);
  for (let before = -1; before < gone.size;) {
    before = gone.size;
    for (const signal of signals) {
      const isWorkedOut = signal.kind === "ratio" || signal.kind === "product";
      if (isWorkedOut && signal.of.some((part) => typeof part === "string" && gone.has(part))) gone.add(signal.name);
    }
  }
  return gone;
}

function scoreWithout(score: ScoreRules, gone: ReadonlySet<string>): ScoreRules[] {
  const phases = score.phases
    .filter(({ when }) => !namesAny(when, gone))
    .map((phase): Phase => ({ ...phase, ...cardWithout(phase, gone) }))
    .filter(({ dimensions }) => dimensions.length > 0);
  const card = cardWithout(score, gone);
  if (card.dimensions.length === 0) return [];
  const pulse = score.pulse !== null && gone.has(score.pulse) ? null : score.pulse;
  return [{ ...score, ...card, phases, pulse }];
}

function cardWithout(card: Card, gone: ReadonlySet<string>): Card {
  return {
    minimumCoverage: card.minimumCoverage,
    dimensions: card.dimensions
      .map((dimension) => ({ ...dimension, rules: dimension.rules.filter(({ signal }) => !gone.has(signal)) }))
      .filter(({ rules }) => rules.length > 0),
    adjustments: card.adjustments.filter(({ when }) => !namesAny(when, gone)),
    limits: card.limits.filter(({ when }) => !namesAny(when, gone)),
    bands: card.bands,
  };
}

function playWithout(play: Play, gone: ReadonlySet<string>): Play[] {
  const { trigger, conditions, closeWhen, task } = play;
  const triggeredBy = trigger.kind === "reaches" ? trigger.signal : trigger.score;
  if (gone.has(triggeredBy) || namesAny(conditions, gone)) return [];
  const escalations = task.escalations.filter(({ when }) => !namesAny(when, gone));
  const closes = closeWhen && !namesAny(closeWhen, gone) ? closeWhen : null;
  return [{ ...play, task: { ...task, escalations }, closeWhen: closes }];
}

function namesAny(condition: Condition, names: ReadonlySet<string>): boolean {
  return condition.some(({ field }) => names.has(field));
}
