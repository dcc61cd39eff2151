import { formatTable } from "./format-table.ts";

/** Prints rows in aligned columns: the first to the left, the others to the right. */
export function printTable(rows: readonly (readonly string[])[]): void {
  for (const line of formatTable(rows, "l")) console.log(line);
}
