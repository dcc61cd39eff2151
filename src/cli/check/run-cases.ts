import { readFile } from "node:fs/promises";
import { parseCases } from "../../config/cases/parse-cases.ts";
import { decodeRules } from "../../config/rules/decode-rules.ts";
import { runCases, type CaseResult } from "../../scoring/analysis/run-cases.ts";
import { compileRuleset } from "../../scoring/compiled-ruleset.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import { scoreRowsOf } from "../explain/score-lines.ts";
import { printTable } from "../print-table.ts";

/**
 * Runs the example customers that stand beside a rule file (`health.cases.yaml` beside `health.yaml`), prints each that
 * comes out otherwise than expected, and gives whether all came out as expected; null where there is no such file. Throws
 * `RuleProblems` of the case file.
 */
export async function runCaseFile(rulesFile: string, ruleset: Ruleset): Promise<boolean | null> {
  const file = rulesFile.replace(/(\.ya?ml)?$/, ".cases.yaml");
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const results = runCases(compileRuleset(ruleset), parseCases(decodeRules(bytes, file), file, ruleset));
  const failed = results.filter(({ failures }) => failures.length > 0);
  for (const result of failed) printFailure(file, result, ruleset);
  console.log(`${file}: ${results.length - failed.length} of ${results.length} example customers are as expected`);
  return failed.length === 0;
}

function printFailure(file: string, { case: example, failures, scores }: CaseResult, ruleset: Ruleset): void {
  console.log(example.name);
  for (const { place, subject, expected, found } of failures) {
    console.log(`${file}:${place.line}:${place.column}: ${subject}: expected ${expected}, found ${found}`);
  }
  const named = scores.filter(({ name }) => failures.some(({ subject }) => subject.startsWith(`${name}.`)));
  for (const score of named.length > 0 ? named : scores) {
    console.log(`${score.name}: ${score.value ?? "no score"}, ${score.band}`);
    printTable([["", "observed", "grade", "share", "points"], ...scoreRowsOf(score, ruleset)]);
  }
}
