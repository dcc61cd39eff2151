import type { Aggregate } from "../ruleset/signal.ts";

/** A number and how much it counts: 1 where nothing decays. */
export type Weighted = { number: number; weight: number };

/**
 * Folds at least one number into one; their order decides nothing, not even the last bit of a sum. A sum is of the
 * numbers times their weights, a mean is that by the sum of the weights; the others do not look at weights.
 */
export function foldNumbers(aggregate: Aggregate, weighted: readonly Weighted[]): number {
  const sorted = weighted.map(({ number }) => number).toSorted((a, b) => a - b);
  switch (aggregate) {
    case "sum":
      return weightedSum(weighted);
    case "mean":
      return weightedSum(weighted) / sumOf(weighted.map(({ weight }) => weight));
    case "min":
      return sorted[0] ?? Number.NaN;
    case "max":
      return sorted.at(-1) ?? Number.NaN;
    case "median":
      return median(sorted);
  }
}

function weightedSum(weighted: readonly Weighted[]): number {
  return sumOf(weighted.map(({ number, weight }) => number * weight));
}

/** The sum of numbers, the same to the last bit in whatever order they come. */
export function sumOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b).reduce((total, number) => total + number, 0);
}

function median(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
