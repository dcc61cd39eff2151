import { sayDate, sayObservation } from "../../scoring/words/words.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import type { Contribution, Score } from "../../scoring/scores/score.ts";
import { standingCard } from "../../scoring/scores/standing-card.ts";

/**
 * The arithmetic of a score as rows of a table: what each rule gave, then adjustments, the ends of the scale, limit and
 * override; the last column sums to the score exactly.
 */
export function scoreRowsOf(score: Score, ruleset: Ruleset): string[][] {
  const unitOf = new Map(ruleset.signals.map(({ name, unit }) => [name, unit]));
  const rows = score.dimensions.flatMap(({ name, label, value, share }) => [
    [label, "", value === null ? "unknown" : String(value), percent(share), ""],
    ...score.contributions
      .filter(({ dimension }) => dimension === name)
      .map((rule) => [
        `  ${rule.label}`,
        sayObservation(rule.observation, ruleset.language, unitOf.get(rule.signal) ?? null),
        sayGrade(rule),
        percent(rule.share),
        points(rule.points),
      ]),
  ]);
  const { value, adjustments, scale, limit, override } = score;
  if (value === null) return rows;
  const row = (label: string, given: number) => [label, "", "", "", points(given)];
  for (const { label, points: given } of adjustments) rows.push(row(label, given));
  if (scale !== 0) rows.push(row("The ends of the scale", scale));
  if (limit) rows.push(row(sayLimit(limit, score, ruleset), limit.points));
  if (override) rows.push(row("Set by a person", override.points));
  return [...rows, ["Score", "", "", "", value.toFixed(1)]];
}

/** What is told beside the arithmetic: the phase, who set the score and why, and the manager's opinion. */
export function besideScore({ phase, override, pulse }: Score, { language }: Ruleset): string[] {
  return [
    ...(phase ? [`phase: ${phase}`] : []),
    ...(override
      ? [
          `set to ${override.value} by a person until ${sayDate(override.until, language)}: ${override.reason}` +
            ` (the rules alone give ${override.computed ?? "no score"})`,
        ]
      : []),
    ...(pulse ? [`pulse: ${sayObservation(pulse, language)}`] : []),
  ];
}

/** A cap that gives points holds a floor that has lifted the score over it, so both are said. */
function sayLimit({ kind, label, at, points: given }: NonNullable<Score["limit"]>, score: Score, { scores }: Ruleset) {
  const own = `${label} (${kind} ${at})`;
  if (kind === "floor" || given <= 0) return own;
  const rules = scores.find(({ name }) => name === score.name);
  const floors = (rules ? standingCard(rules, score).limits : []).filter(
    (limit) => limit.kind === "floor" && limit.at > at,
  );
  const raised = floors.map((floor) => `${floor.label} (floor ${floor.at})`).join(" or ") || "a floor";
  return `raised by ${raised}, held by ${own}`;
}

function sayGrade({ grade, assumed }: Contribution): string {
  if (grade === null) return "";
  if (assumed === null) return grade.toFixed(0);
  return `${grade.toFixed(0)} (${assumed === "held" ? "held" : "assumed"})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function points(number: number): string {
  return `${number > 0 ? "+" : ""}${number.toFixed(1)}`;
}
