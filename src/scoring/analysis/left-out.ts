import type { Ruleset } from "../ruleset/ruleset.ts";
import type { ScoreRules } from "../ruleset/score-rules.ts";
import { withDependents, withoutSignals } from "./without-signals.ts";

/** What two rulesets lose by the signals that cannot be read. */
export type LeftOut = {
  /** By the name of a score the signals that it is made by and that were left out of it. */
  signals: ReadonlyMap<string, readonly string[]>;
  /** The scores that nothing is left of, and the slugs of the plays that are dropped. */
  scores: ReadonlySet<string>;
  plays: ReadonlySet<string>;
};

/** What rulesets lose by being scored `withoutSignals`, each without its own; a score or a play of the same name is one. */
export function leftOutOf(rulesets: readonly { ruleset: Ruleset; lacking: ReadonlySet<string> }[]): LeftOut {
  const signals = new Map<string, string[]>();
  const [scores, plays] = [new Set<string>(), new Set<string>()];
  for (const { ruleset, lacking } of rulesets) {
    const rest = withoutSignals(ruleset, lacking);
    const gone = withDependents(ruleset.signals, lacking);
    for (const score of ruleset.scores) {
      const lost = signalsOf(score).filter((name) => gone.has(name));
      if (lost.length > 0) signals.set(score.name, [...new Set([...(signals.get(score.name) ?? []), ...lost])]);
      if (!rest.scores.some(({ name }) => name === score.name)) scores.add(score.name);
    }
    for (const { slug } of ruleset.plays) if (!rest.plays.some((play) => play.slug === slug)) plays.add(slug);
  }
  return { signals, scores, plays };
}

function signalsOf(score: ScoreRules): string[] {
  const conditions = [
    ...score.phases,
    ...[score, ...score.phases].flatMap((card) => [...card.adjustments, ...card.limits]),
  ];
  const rules = [score, ...score.phases].flatMap(({ dimensions }) =>
    dimensions.flatMap((dimension) => dimension.rules),
  );
  return [...rules.map(({ signal }) => signal), ...conditions.flatMap(({ when }) => when.map(({ field }) => field))];
}
