/** `found` never shows a secret, only how long it is. */
export type EnvironmentProblem = { variable: string; found: string; allowed: string };

/** Everything that is wrong with the environment, at once, so that it is put right in one go. */
export class EnvironmentProblems extends Error {
  readonly problems: readonly EnvironmentProblem[];

  constructor(problems: readonly EnvironmentProblem[]) {
    const lines = problems.map(({ variable, found, allowed }) => `  ${variable}: found ${found}; give ${allowed}`);
    super(["the environment cannot be used (see .env.example):", ...lines].join("\n"));
    this.name = "EnvironmentProblems";
    this.problems = problems;
  }
}
