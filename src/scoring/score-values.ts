import type { Language, ScoreRules } from "./ruleset.ts";
import { reasonsOf } from "./reasons.ts";
import type { Score } from "./score.ts";
import { scorePropertiesOf } from "./written-properties.ts";

/** Values for company properties; the empty text clears one. */
export type WrittenValues = Record<string, string>;

/**
 * What should stand on the company record for a score. `standing` is what was decided last (null at first): it is given
 * back as it is unless the score, the band, a dimension or the set of reasons changed, so that a quiet night writes
 * nothing though coverage or the change over 30 days may have moved.
 */
export function scoreValues(
  rules: ScoreRules,
  score: Score,
  context: { valueAgo: number | null; instantMs: number; language: Language; standing: WrittenValues | null },
): WrittenValues {
  const names = scorePropertiesOf(rules);
  const telling: WrittenValues = {
    [names.value]: textOf(score.value),
    [names.band]: score.band,
    [names.reasons]: reasonsOf(score, context.language).join("\n"),
    ...Object.fromEntries(
      names.dimensions.map((name, index) => [name, textOf(score.dimensions[index]?.value ?? null)]),
    ),
  };
  const { standing } = context;
  const isTold = (name: string, value: string) =>
    name === names.reasons ? linesOf(standing?.[name]) === linesOf(value) : standing?.[name] === value;
  if (standing && Object.entries(telling).every(([name, value]) => isTold(name, value))) {
    return Object.fromEntries(allNames(names).map((name) => [name, standing[name] ?? ""]));
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
  const kept = allNames(names).flatMap((name): [string, string][] => {
    const value = standing?.[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(kept), [names.band]: "churned" };
}

function allNames({ dimensions, ...names }: ReturnType<typeof scorePropertiesOf>): string[] {
  return [...Object.values(names), ...dimensions];
}

/** The same for the same set of reasons: which of two takes more may change from one night to the next. */
function linesOf(reasons: string | undefined): string | undefined {
  return reasons?.split("\n").toSorted().join("\n");
}

function textOf(number: number | null): string {
  return number === null ? "" : String(number);
}
