import type { Document, YAMLError } from "yaml";
import { hintOfSyntax } from "./hint-of-syntax.ts";
import type { RuleProblem } from "./rule-problems.ts";

/** One slip often makes the parser stumble again and again. */
const MOST = 5;

/** Why a text is no YAML, in the order of the file: the first few, and how many more there are. */
export function syntaxProblems(document: Document, text: string): RuleProblem[] {
  // Tags are refused elsewhere, the resolved ones too.
  const warnings = document.warnings.filter(({ code }) => code !== "TAG_RESOLVE_FAILED");
  const lines = text.split(/\r\n|\r|\n/);
  const told = new Map<string, RuleProblem>();
  for (const error of [...document.errors, ...warnings]) {
    const { line, col: column } = error.linePos?.[0] ?? { line: 1, col: 1 };
    // An error at the end of the text may be placed behind its last line.
    const onLine = Math.min(Math.max(1, line), lines.length);
    const problem = hintOfSyntax(lines, onLine) ?? {
      line: onLine,
      column: Math.max(1, column),
      message: sayError(error, lines[onLine - 1]?.[column - 1]),
    };
    const key = `${problem.line}:${problem.message}`;
    if (!told.has(key)) told.set(key, problem);
  }
  const sorted = [...told.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
  const next = sorted[MOST];
  if (!next) return sorted;
  return [
    ...sorted.slice(0, MOST),
    { ...next, message: `and ${sorted.length - MOST} more that may follow from these` },
  ];
}

const ownWords: Partial<Record<YAMLError["code"], string>> = {
  MULTIPLE_DOCS: "a second document (---) begins here: a rule file is one document",
  BLOCK_AS_IMPLICIT_KEY: "a colon and a space within a text: put the text in quotes",
  BLOCK_IN_FLOW: "a colon or a dash within a text that stands between braces: put the text in quotes",
  NON_STRING_KEY: "a key must be a text",
};

/** `sign` is what stands at the place of the error. */
function sayError({ code, message }: YAMLError, sign: string | undefined): string {
  // The library's message goes on with an excerpt after a blank line.
  const said = ownWords[code] ?? message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? code;
  const isText = code === "UNEXPECTED_TOKEN" && sign !== undefined && !"[]{},:".includes(sign);
  return isText ? `${said}: put the text in quotes` : said;
}
