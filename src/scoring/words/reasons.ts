import { compileAdviceText, compileReasonText, type AdviceVariables, type ReasonVariables } from "./reason-text.ts";
import type { Ruleset } from "../ruleset/ruleset.ts";
import type { Card, Rule, ScoreRules } from "../ruleset/score-rules.ts";
import type { Contribution, Score } from "../scores/score.ts";
import { driftingSignals } from "../signals/drifting-signals.ts";
import { sayDate, sayObservation, wordsOf } from "./words.ts";

const MOST = 3;
/** A loss under one point is no reason that anybody could act on. */
const LEAST_LOST = 1;
/** Finer differences are noise of binary fractions: of equal losses the first in the file comes first. */
const PRECISION = 1e6;

export type Reasons = {
  reasonsOf(score: Score): string[];
  adviceOf(score: Score): string[];
  /** Whether a text of reasons, a line each, says what the score's say, in whatever order and but for drifting numbers. */
  isSaidBy(standing: string, score: Score): boolean;
};

/** A loss of points with its words; of a rule, or of an adjustment, which has a label alone. */
type Loss = { lost: number; contribution: Contribution } | { lost: number; label: string };

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
  const drifting = driftingSignals(signals);

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

  function lossesOf(score: Score): Loss[] {
    const computed = score.override ? score.override.computed : score.value;
    if (computed === null) return [];
    const losses: Loss[] = [
      ...score.contributions.map((contribution) => ({ lost: contribution.lost, contribution })),
      ...score.adjustments.map(({ label, points }) => ({ lost: -points, label })),
    ];
    return losses
      .filter(({ lost }) => lost >= LEAST_LOST)
      .toSorted((a, b) => Math.round((b.lost - a.lost) * PRECISION))
      .slice(0, MOST - headlinesOf(score).length);
  }

  function lineOf(score: Score, loss: Loss): string {
    if ("label" in loss) return loss.label;
    const variables = variablesOf(loss.contribution);
    return textOf(score, loss.contribution)?.reason?.(variables) || `${variables.label}: ${variables.value}`;
  }

  const reasonsOf = (score: Score) =>
    [...headlinesOf(score), ...lossesOf(score).map((loss) => lineOf(score, loss))].map(onOneLine);

  return {
    reasonsOf,
    adviceOf(score) {
      const advice = lossesOf(score).map((loss) =>
        "label" in loss ? "" : (textOf(score, loss.contribution)?.advice?.(variablesOf(loss.contribution)) ?? ""),
      );
      return [...new Set(advice)].filter((line) => line !== "");
    },
    isSaidBy(standing, score) {
      const losses = lossesOf(score).filter((loss) => "contribution" in loss && drifting.has(loss.contribution.signal));
      const masked = new Set(losses.map((loss) => maskOf(onOneLine(lineOf(score, loss)))));
      const same = (line: string) => (masked.has(maskOf(line)) ? maskOf(line) : line);
      const textOfSet = (lines: readonly string[]) => lines.map(same).toSorted().join("\n");
      return textOfSet(standing.split("\n")) === textOfSet(reasonsOf(score).join("\n").split("\n"));
    },
  };
}

function onOneLine(line: string): string {
  return line.replaceAll(/\s+/g, " ");
}

/** A line without its numbers, however a language groups their digits. */
function maskOf(line: string): string {
  return line.replaceAll(/[-\u2212]?\d(?:[\d.,\u00a0\u202f ]*\d)?/g, "#");
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
