import { compileAdviceText, compileReasonText, type AdviceVariables, type ReasonVariables } from "./reason-text.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import type { Card, Rule, ScoreRules } from "../ruleset/score-rules.ts";
import type { Contribution, Score } from "../scores/score.ts";
import { sayDate, sayObservation, wordsOf } from "./words.ts";

const MOST = 3;
/** A loss under one point is no reason that anybody could act on. */
const LEAST_LOST = 1;

export type Reasons = { reasonsOf(score: Score): string[]; adviceOf(score: Score): string[] };

type Texts = {
  reason: ((variables: ReasonVariables) => string) | null;
  advice: ((variables: AdviceVariables) => string) | null;
};

/**
 * Why a score is not 100, in words: what a person has set, the cap that holds it, then the rules that lost most, three
 * lines at the most; and what those rules advise, each advice once. Stable from one night to the next while nothing
 * happens, but for a rule's own words that name its grade.
 */
export function compileReasons(
  rules: ScoreRules,
  { signals, language }: Pick<Ruleset, "signals" | "language">,
): Reasons {
  const units = new Map(signals.map(({ name, unit }) => [name, unit]));
  const own = textsOf(rules);
  const ofPhases = new Map(rules.phases.map((phase) => [phase.name, textsOf(phase)]));
  const words = wordsOf(language);

  function headlinesOf({ override, limit }: Score): string[] {
    const set = override ? [words.override(override.value, sayDate(override.until, language), override.reason)] : [];
    return limit?.kind === "cap" ? [...set, words.capped(limit.at, limit.label)] : set;
  }

  function textOf(score: Score, contribution: Contribution): Texts | undefined {
    const texts = score.phase === null ? own : ofPhases.get(score.phase);
    return texts?.get(keyOf(contribution.dimension, contribution));
  }

  function variablesOf({ label, signal, observation, assumed, grade }: Contribution): ReasonVariables {
    const isUnknown = assumed === "fixed" && !observation.known;
    const value = isUnknown ? words.unknown : sayObservation(observation, language, units.get(signal) ?? null);
    return { label, value, grade: String(Math.round(grade ?? 0)) };
  }

  function lossesOf(score: Score): Contribution[] {
    const computed = score.override ? score.override.computed : score.value;
    if (computed === null) return [];
    return score.contributions
      .filter(({ lost }) => lost >= LEAST_LOST)
      .toSorted((a, b) => b.lost - a.lost)
      .slice(0, MOST - headlinesOf(score).length);
  }

  return {
    reasonsOf(score) {
      const losses = lossesOf(score).map((contribution) => {
        const variables = variablesOf(contribution);
        return textOf(score, contribution)?.reason?.(variables) || `${variables.label}: ${variables.value}`;
      });
      return [...headlinesOf(score), ...losses].map((line) => line.replaceAll(/\s+/g, " "));
    },
    adviceOf(score) {
      const advice = lossesOf(score).map(
        (contribution) => textOf(score, contribution)?.advice?.(variablesOf(contribution)) ?? "",
      );
      return [...new Set(advice)].filter((line) => line !== "");
    },
  };
}

function textsOf(card: Card): Map<string, Texts> {
  return new Map(
    card.dimensions.flatMap(({ name, rules }) =>
      rules.map((rule): [string, Texts] => [
        keyOf(name, rule),
        {
          reason: rule.reason === null ? null : compileReasonText(rule.reason),
          advice: rule.advice === null ? null : compileAdviceText(rule.advice),
        },
      ]),
    ),
  );
}

function keyOf(dimension: string, { signal, label }: Pick<Rule, "signal" | "label">): string {
  return JSON.stringify([dimension, signal, label]);
}
