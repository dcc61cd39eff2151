import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { ExampleCase } from "../../scoring/analysis/example-case.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import { findTooGreat } from "../rules/check-size.ts";
import { locate } from "../rules/locate.ts";
import { plainValue } from "../rules/plain-value.ts";
import { refusedFeatures } from "../rules/refused-features.ts";
import { RuleProblems, type RuleProblem } from "../rules/rule-problems.ts";
import { syntaxProblems } from "../rules/syntax-problems.ts";
import { withPath } from "../rules/with-path.ts";
import { buildCase } from "./build-case.ts";
import { CaseFile, CaseText } from "./case-file.ts";

/** Says what is wrong at a path of the file; `of` tells whether the key or the value is meant. */
export type ReportCase = (path: readonly PropertyKey[], message: string, of?: "key" | "value") => void;

/**
 * Reads a file of example customers for a ruleset. `file` is only for messages. Throws `RuleProblems` with everything
 * that is wrong, each with its line and column.
 */
export function parseCases(text: string, file: string, ruleset: Ruleset): ExampleCase[] {
  const tooGreat = findTooGreat(text);
  if (tooGreat) throw new RuleProblems(file, [tooGreat], text);
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, uniqueKeys: false, stringKeys: true });
  const problems: RuleProblem[] = [...syntaxProblems(document, text), ...refusedFeatures(document, lines)];
  if (problems.length > 0) throw new RuleProblems(file, problems, text);

  const report: ReportCase = (path, message, of = "value") => {
    problems.push({ ...locate(document, lines, path, of), message: withPath(path, message) });
  };
  const reportIssues = (path: readonly PropertyKey[], issues: readonly z.core.$ZodIssue[]) => {
    for (const issue of issues) {
      const at = [...path, ...issue.path];
      if (issue.code !== "unrecognized_keys") report(at, issue.message);
      else for (const key of issue.keys) report([...at, key], `unknown key; allowed: ${issue.message}`, "key");
    }
  };
  const parsed = CaseFile.safeParse(plainValue(document.contents));
  if (!parsed.success) {
    reportIssues([], parsed.error.issues);
    throw new RuleProblems(file, problems, text);
  }
  const cases = parsed.data.cases.flatMap((example, index) => {
    const inCase = (path: readonly PropertyKey[]) => ["cases", index, ...path];
    const shaped = CaseText.safeParse(example);
    if (!shaped.success) {
      reportIssues(inCase([]), shaped.error.issues);
      return [];
    }
    return buildCase(shaped.data, parsed.data, ruleset, {
      place: (path, of) => locate(document, lines, inCase(path), of),
      report: (path, message, of) => report(inCase(path), message, of),
    });
  });
  if (problems.length > 0) throw new RuleProblems(file, problems, text);
  return cases;
}
