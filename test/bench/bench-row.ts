/**
 * One line of a benchmark: what was measured, beside what it is held against, and whether it reached its goal. `details`
 * says what the figure is made of, for `--verbose`.
 */
export type BenchRow = {
  name: string;
  figure: number;
  unit: string;
  /** The floor, or another way to do the same; null where the figure stands alone. */
  beside: number | null;
  /** The figure over `beside`. */
  ratio: number | null;
  /** In words, as `at most 107`; null for a figure that is only told. */
  goal: string | null;
  ok: boolean;
  details: Readonly<Record<string, number>>;
};

/** Measures one thing, or several that need the same things to be made ready. */
export type Benchmark = (sizes: BenchSizes) => Promise<BenchRow[]>;
/** What `--small` divides every size by: 10 with it, else 1. */
export type BenchSizes = { divisor: number };

type Measured = {
  name: string;
  figure: number;
  unit: string;
  beside?: number;
  goal?: { atMost: number } | { atLeast: number };
  details?: Readonly<Record<string, number>>;
};

/** A row with its ratio and the verdict on its goal; bounds count as reached. */
export function createRow({ name, figure, unit, beside, goal, details = {} }: Measured): BenchRow {
  return {
    name,
    figure,
    unit,
    beside: beside ?? null,
    ratio: beside === undefined || beside === 0 ? null : figure / beside,
    goal: goal === undefined ? null : goalInWords(goal),
    ok: goal === undefined || ("atMost" in goal ? figure <= goal.atMost : figure >= goal.atLeast),
    details,
  };
}

function goalInWords(goal: { atMost: number } | { atLeast: number }): string {
  return "atMost" in goal ? `at most ${shorten(goal.atMost)}` : `at least ${shorten(goal.atLeast)}`;
}

/** Two digits after the point where there are any, and none in large numbers. */
export function shorten(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) >= 100 ? 0 : 2)));
}
