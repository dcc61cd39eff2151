import { RuleProblems } from "./rule-problems.ts";
import { MOST_BYTES } from "./check-size.ts";

/**
 * The text of a rule file's bytes: UTF-8, with or without a byte order mark. Throws `RuleProblems` with the place of the
 * first byte that is no UTF-8.
 */
export function decodeRules(bytes: Uint8Array, file: string): string {
  const refuse = (message: string, line = 1, column = 1) => new RuleProblems(file, [{ line, column, message }]);
  if (bytes.length > MOST_BYTES) throw refuse(`expected at most ${MOST_BYTES} bytes, found more`);
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) throw refuse("the file is in UTF-16: save it as UTF-8");
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const { line, column } = endOf(bytes.subarray(0, nul));
    throw refuse("a NUL byte: this is no text, or it is in UTF-16 or UTF-32; save it as UTF-8", line, column);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const { line, column } = endOf(bytes.subarray(0, validLength(bytes)));
    throw refuse(
      "a byte that is no UTF-8, as in a file saved as Latin-1 or Windows-1252: save it as UTF-8",
      line,
      column,
    );
  }
}

/** How many bytes from the start are whole UTF-8 characters, by halving. */
function validLength(bytes: Uint8Array): number {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    // A character that is cut in two at the end is no fault: `stream` lets it wait for the rest.
    if (isUtf8(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The line and column just behind bytes that are UTF-8, but for a cut character at their end. */
function endOf(bytes: Uint8Array): { line: number; column: number } {
  const lines = new TextDecoder("utf-8").decode(bytes, { stream: true }).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
