import type { Delimiter } from "./detect-delimiter.ts";

/** `1234,56`, `50 000` and `-1.234.567,8`, as they are written where the semicolon stands between cells. */
const COMMA_NUMBER = /^[-+]?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}([ \u00a0\u202f]\d{3})+)(,\d+)?$/;
/** `28.9.2026`, the day first: no country writes a date with points in another order. */
const DOTTED_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/**
 * A cell as a property value: null where it is blank; a date with points as `2026-09-28`; between semicolons a number
 * without the points or spaces between its thousands, and with a point for its comma.
 */
export function readCell(cell: string, delimiter: Delimiter): string | null {
  const text = cell.trim();
  if (text === "") return null;
  const [, day = "", month = "", year] = DOTTED_DATE.exec(text) ?? [];
  if (year !== undefined) return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (delimiter !== ";" || !COMMA_NUMBER.test(text)) return text;
  return text.replaceAll(/[. \u00a0\u202f]/g, "").replace(",", ".");
}
