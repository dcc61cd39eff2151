/** Rows in aligned columns, indented; `alignment` has an `l` or an `r` for each column; those that it does not reach are `r`. */
export function formatTable(rows: readonly (readonly string[])[], alignment: string): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return alignment[column] === "l" ? cell.padEnd(width) : cell.padStart(width);
    });
    return `  ${cells.join("  ")}`.trimEnd();
  });
}
