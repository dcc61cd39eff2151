/** One thing that is wrong in a rule file, at its place; lines and columns count from 1. */
export type RuleProblem = { line: number; column: number; message: string };

/** A rule file that cannot be used, with everything that is wrong in it. */
export class RuleProblems extends Error {
  readonly file: string;
  readonly problems: readonly RuleProblem[];

  constructor(file: string, problems: readonly RuleProblem[]) {
    const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
    super(sorted.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join("\n"));
    this.name = "RuleProblems";
    this.file = file;
    this.problems = sorted;
  }
}
