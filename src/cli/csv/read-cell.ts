import type { Delimiter } from "./detect-delimiter.ts";

/** `1234,56` and `-1.234.567,8`, as they are written where the semicolon stands between cells. */
const DECIMAL_COMMA = /^[-+]?(\d+|\d{1,3}(\.\d{3})+),\d+$/;

/** A cell as a property value: null where it is blank; a number with a decimal comma gets a point. */
export function readCell(cell: string, delimiter: Delimiter): string | null {
  const text = cell.trim();
  if (text === "") return null;
  if (delimiter !== ";" || !DECIMAL_COMMA.test(text)) return text;
  return text.replaceAll(".", "").replace(",", ".");
}
