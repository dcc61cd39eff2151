import { failed, ok, type Finding } from "../finding.ts";
import type { ExaminedRules } from "../gathered.ts";

/** `problem`: what is wrong with the environment, line by line. */
export function checkEnvironment(problem: string | null): Finding {
  if (problem === null) return ok("environment", "every variable is as it must be");
  const [first = "", ...details] = problem.split("\n").map((line) => line.trim());
  return failed("environment", first, { details, remedy: "put it right in .env, or where the service gets it from" });
}

export function checkRuleFile(rules: ExaminedRules): Finding {
  if ("problem" in rules) {
    const [first = "", ...details] = rules.problem.split("\n");
    return failed("rule file", first, { details, remedy: "npm run health -- check --offline" });
  }
  const { signals, scores, plays } = rules.rules.ruleset;
  const counts = `${signals.length} signals, ${scores.length} scores, ${plays.length} plays`;
  return ok("rule file", `${rules.file} can be used (${counts})`);
}
