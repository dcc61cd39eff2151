import { excerptOf } from "./excerpt.ts";

/** One thing that is wrong in a rule file, at its place; lines and columns count from 1. */
export type RuleProblem = { line: number; column: number; message: string };

/** More are not printed; `problems` has them all. */
const MOST_PRINTED = 50;

/**
 * A rule file that cannot be used, with everything that is wrong in it, in the order of the file. The message also shows
 * the lines themselves where `text`, the file's, is given.
 */
export class RuleProblems extends Error {
  readonly file: string;
  readonly problems: readonly RuleProblem[];

  constructor(file: string, problems: readonly RuleProblem[], text?: string) {
    const seen = new Set<string>();
    const sorted = problems
      .map((problem) => ({ ...problem, message: withoutControls(problem.message) }))
      .toSorted((a, b) => a.line - b.line || a.column - b.column)
      .filter(({ line, column, message }) => {
        const key = `${line}:${column}:${message}`;
        return seen.has(key) ? false : seen.add(key);
      });
    super(sayProblems(file, sorted, text));
    this.name = "RuleProblems";
    this.file = file;
    this.problems = sorted;
  }
}

/** Problems as an editor or a terminal links them, each with its line and a caret under the place. */
function sayProblems(file: string, problems: readonly RuleProblem[], text: string | undefined): string {
  const lines = text?.split(/\r\n|\r|\n/);
  const printed = problems.slice(0, MOST_PRINTED).map(({ line, column, message }) => {
    const shown = lines?.[line - 1];
    return `${file}:${line}:${column}: ${message}${shown === undefined ? "" : `\n${excerptOf(shown, column)}`}`;
  });
  const more = problems.length - printed.length;
  return [...printed, ...(more > 0 ? [`and ${more} more problems`] : [])].join("\n");
}

/** Names of the file stand in messages: one that holds a terminal's commands must not command anybody's terminal. */
function withoutControls(message: string): string {
  return message.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => {
    return `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}
