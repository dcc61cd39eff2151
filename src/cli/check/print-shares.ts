import type { Dimension, ScoreRules } from "../../scoring/ruleset/score-rules.ts";
import { printTable } from "../print-table.ts";

/** Prints what each rule's share of a score is, and of each of its phases that has rules of its own. */
export function printShares(score: ScoreRules): void {
  console.log(`${score.label} -> ${score.property}`);
  printTable(rowsOf(score.dimensions));
  for (const phase of score.phases) {
    const isSame = phase.dimensions === score.dimensions;
    console.log(`${score.label}, phase ${phase.label}${isSame ? ": the same rules" : ""}`);
    if (!isSame) printTable(rowsOf(phase.dimensions));
  }
}

function rowsOf(dimensions: readonly Dimension[]): string[][] {
  const total = sumOfWeights(dimensions);
  return dimensions.flatMap(({ label, weight, rules }) => {
    const all = sumOfWeights(rules);
    const share = weight / total;
    return [[label, percent(share)], ...rules.map((rule) => [`  ${rule.label}`, percent((share * rule.weight) / all)])];
  });
}

function sumOfWeights(parts: readonly { weight: number }[]): number {
  return parts.reduce((sum, { weight }) => sum + weight, 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
