const WIDTH = 100;
const BEFORE = 60;
const ELLIPSIS = "…";

/**
 * A line of a file with a caret under one of its columns (from 1), both indented by two. Of a long line the part around
 * the column is shown; a tab is one space wide, and a character that a terminal would act on is shown as `·`.
 */
export function excerptOf(line: string, column: number): string {
  const at = Math.min(Math.max(column - 1, 0), line.length);
  const start = line.length <= WIDTH ? 0 : Math.max(0, Math.min(at - BEFORE, line.length - WIDTH));
  const end = Math.min(line.length, start + WIDTH);
  const [head, tail] = [start > 0 ? ELLIPSIS : "", end < line.length ? ELLIPSIS : ""];
  const caret = " ".repeat(head.length + at - start);
  return `  ${head}${showSafely(line.slice(start, end))}${tail}\n  ${caret}^`;
}

/** As many columns as the text has: the caret counts on that. */
function showSafely(text: string): string {
  return text.replaceAll("\t", " ").replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\p{Cs}/gu, "·");
}
