import { placementOf, type CutPoints } from "./placement.ts";
import type { ScoreRules } from "../ruleset/score-rules.ts";
import type { Score } from "./score.ts";
import type { CompiledScorecard } from "./scorecard.ts";
import { namesOfProperties, scorePropertiesOf, type ScoreProperties } from "../ruleset/written-properties.ts";

/** Values for company properties; the empty text clears one. */
export type WrittenValues = Record<string, string>;

/**
 * What should stand on the company record for a score. `standing` is what was decided last (null at first): it is given
 * back as it is unless the score, the band, the phase, the placement, a dimension or the set of reasons changed, so that
 * a quiet night writes nothing though coverage or the change over 30 days may have moved.
 */
export function scoreValues(
  card: Pick<CompiledScorecard, "rules" | "reasonsOf" | "isSaidBy">,
  score: Score,
  context: { valueAgo: number | null; instantMs: number; cutPoints: CutPoints | null; standing: WrittenValues | null },
): WrittenValues {
  const names = scorePropertiesOf(card.rules);
  const telling = tellingValues(names, score, card.reasonsOf(score), context.cutPoints);
  const { standing } = context;
  const isTold = (name: string, value: string) =>
    name === names.reasons ? card.isSaidBy(standing?.[name] ?? "", score) : standing?.[name] === value;
  if (standing && Object.entries(telling).every(([name, value]) => isTold(name, value))) {
    return Object.fromEntries(namesOfProperties(names).map((name) => [name, standing[name] ?? ""]));
  }
  const change = score.value === null || context.valueAgo === null ? null : score.value - context.valueAgo;
  return {
    ...telling,
    [names.coverage]: textOf(Math.round(score.coverage * 100)),
    [names.change]: textOf(change),
    [names.scoredAt]: String(context.instantMs),
  };
}

/** What stands on the record of a customer that has left: everything as it was, in the band `churned`. */
export function churnedValues(rules: ScoreRules, standing: WrittenValues | null): WrittenValues {
  const names = scorePropertiesOf(rules);
  const kept = namesOfProperties(names).flatMap((name): [string, string][] => {
    const value = standing?.[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(kept), [names.band]: "churned" };
}

/** The values whose change is told; a dimension that the phase lacks is cleared. */
function tellingValues(
  names: ScoreProperties,
  score: Score,
  reasons: readonly string[],
  cutPoints: CutPoints | null,
): WrittenValues {
  const values: WrittenValues = {
    [names.value]: textOf(score.value),
    [names.band]: score.band,
    [names.reasons]: reasons.join("\n"),
  };
  if (names.phase !== null) values[names.phase] = score.phase ?? "";
  if (names.quartile !== null) values[names.quartile] = placementOf(score.value, cutPoints) ?? "";
  for (const { name, property } of names.dimensions) {
    values[property] = textOf(score.dimensions.find((dimension) => dimension.name === name)?.value ?? null);
  }
  return values;
}

function textOf(number: number | null): string {
  return number === null ? "" : String(number);
}
