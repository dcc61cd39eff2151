import { hintOfArrow } from "./hints.ts";
import type { RuleProblem } from "./rule-problems.ts";

type LineHint = (line: string) => { at: number; message: string } | null;

/** The slips that are made most, by what the line looks like. */
const lineHints: readonly LineHint[] = [
  (line) => {
    const at = /:\s+(?=#[^\s#])/.exec(line);
    if (!at || isQuoted(line, at.index)) return null;
    return { at: at.index + at[0].length, message: "what follows # is a comment: put the text in quotes" };
  },
  (line) => {
    const at = /^ *\t/.exec(line)?.[0].length;
    return at === undefined ? null : { at: at - 1, message: "a tab indents this line: indent with spaces" };
  },
  (line) => {
    const at = line.indexOf("{{");
    if (at < 0 || isQuoted(line, at)) return null;
    return { at, message: 'a text with {{ }} must stand in quotes: "{{ company.name }}"' };
  },
  (line) => {
    const match = /[:[{,-]\s+'(?:[^']|'')*?\p{L}(?='\p{L})/u.exec(line);
    if (!match) return null;
    return { at: match.index + match[0].length, message: "an apostrophe inside single quotes: use double quotes" };
  },
  (line) => {
    const match = /[:,{]\s+((?:[<>=!]=|=[<>]|[<>])\s*-?[\d.]+)/.exec(line);
    const hint = hintOfArrow(match?.[1] ?? "");
    if (!match || !hint) return null;
    return {
      at: match.index + match[0].length - (match[1]?.length ?? 0),
      message: `no comparison is written so${hint}`,
    };
  },
  (line) => {
    const match = /^(\s*(?:- )?)([a-z_]\w*):([^\s:/].*)$/.exec(line);
    if (!match) return null;
    const [, before = "", key = "", value = ""] = match;
    const message = `a space is missing after the colon: ${key}: ${value.slice(0, 40)}`;
    return { at: before.length + key.length, message };
  },
];

/** What a person probably meant on a line where the parser stumbled, or on the one before it that is not blank. */
export function hintOfSyntax(lines: readonly string[], line: number): RuleProblem | null {
  const before = lines.slice(0, line - 1).findLastIndex((text) => text.trim() !== "") + 1;
  for (const number of [line, before]) {
    const text = lines[number - 1];
    if (text === undefined) continue;
    for (const hintOf of lineHints) {
      const hint = hintOf(text);
      if (hint) return { line: number, column: hint.at + 1, message: hint.message };
    }
  }
  return null;
}

/** Whether a place in a line stands within quotes that begin on it. */
function isQuoted(line: string, at: number): boolean {
  let quote: string | null = null;
  for (const mark of line.slice(0, at)) {
    if (quote === null && (mark === '"' || mark === "'")) quote = mark;
    else if (mark === quote) quote = null;
  }
  return quote !== null;
}
