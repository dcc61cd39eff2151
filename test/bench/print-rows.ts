import { formatTable } from "../../src/cli/format-table.ts";
import { shorten, type BenchRow } from "./bench-row.ts";

const HEADINGS = ["", "figure", "", "beside", "ratio", "goal", ""];

/** The rows as one table on stdout; `verbose` puts under it what each figure is made of. */
export function printRows(rows: readonly BenchRow[], { verbose }: { verbose: boolean }): void {
  const cells = rows.map(({ name, figure, unit, beside, ratio, goal, ok }) => [
    name,
    shorten(figure),
    unit,
    beside === null ? "" : shorten(beside),
    ratio === null ? "" : shorten(ratio),
    goal ?? "",
    goal === null ? "" : ok ? "ok" : "MISSED",
  ]);
  for (const line of formatTable([HEADINGS, ...cells], "lrlrrll")) console.log(line);
  if (!verbose) return;
  for (const { name, details } of rows) {
    const parts = Object.entries(details).sort(([, a], [, b]) => b - a);
    if (parts.length === 0) continue;
    console.log(`\n${name}`);
    for (const line of formatTable(
      parts.map(([part, count]) => [shorten(count), part]),
      "rl",
    )) {
      console.log(line);
    }
  }
}

/** The rows as a JSON array on stdout, for machines. */
export function printRowsAsJson(rows: readonly BenchRow[]): void {
  const shown = rows.map(({ name, figure, unit, beside, ratio, goal, ok }) => ({
    name,
    figure,
    unit,
    beside,
    ratio,
    goal,
    ok,
  }));
  console.log(JSON.stringify(shown, null, 2));
}
