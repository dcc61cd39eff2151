import type { Aggregate } from "./ruleset.ts";

/** Folds at least one number into one; their order decides nothing, not even the last bit of a sum. */
export function foldNumbers(aggregate: Aggregate, numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  switch (aggregate) {
    case "sum":
      return sum(sorted);
    case "mean":
      return sum(sorted) / sorted.length;
    case "min":
      return sorted[0] ?? Number.NaN;
    case "max":
      return sorted.at(-1) ?? Number.NaN;
    case "median":
      return median(sorted);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function median(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
