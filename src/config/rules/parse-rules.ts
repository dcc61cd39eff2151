import { createHash } from "node:crypto";
import { LineCounter, parseDocument, visit, type Document, type ParsedNode } from "yaml";
import type { Ruleset } from "../../scoring/ruleset.ts";
import { locate } from "./locate.ts";
import { RuleFile } from "./rule-file.ts";
import { RuleProblems, type RuleProblem } from "./rule-problems.ts";
import { buildRuleset, type NamedProblem } from "./build-ruleset.ts";

/**
 * Reads a rule file. `file` is only for messages. Throws `RuleProblems` with everything that is wrong, each with its
 * line and column; whatever the text, nothing else is thrown.
 */
export function parseRules(text: string, file: string): Ruleset {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, uniqueKeys: true, stringKeys: true });
  const syntax = [...syntaxProblems(document), ...refusedFeatures(document, lines)];
  if (syntax.length > 0) throw new RuleProblems(file, syntax);

  const parsed = RuleFile.safeParse(document.toJS());
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue): RuleProblem[] => {
      if (issue.code !== "unrecognized_keys") {
        const of = issue.code === "invalid_key" ? "key" : "value";
        return [{ ...locate(document, lines, issue.path, of), message: withPath(issue.path, issue.message) }];
      }
      return issue.keys.map((key) => ({
        ...locate(document, lines, [...issue.path, key], "key"),
        message: withPath(issue.path, issue.message),
      }));
    });
    throw new RuleProblems(file, problems);
  }

  const hash = createHash("sha256").update(text).digest("hex");
  const { ruleset, problems } = buildRuleset(parsed.data, hash);
  if (problems.length > 0) {
    throw new RuleProblems(
      file,
      problems.map((problem: NamedProblem) => ({
        ...locate(document, lines, problem.path, problem.of),
        message: withPath(problem.path, problem.message),
      })),
    );
  }
  return ruleset;
}

function syntaxProblems(document: Document): RuleProblem[] {
  // Tags are refused below, the resolved ones too.
  const warnings = document.warnings.filter(({ code }) => code !== "TAG_RESOLVE_FAILED");
  return [...document.errors, ...warnings].map((error) => ({
    line: error.linePos?.[0].line ?? 1,
    column: error.linePos?.[0].col ?? 1,
    // The library's message goes on with an excerpt after a blank line.
    message: error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? error.code,
  }));
}

/** What makes a YAML text mean something else than it looks like is refused. */
function refusedFeatures(document: Document<ParsedNode>, lines: LineCounter): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const refuse = (offset: number | undefined, message: string) => {
    const { line, col } = lines.linePos(offset ?? 0);
    problems.push({ line: Math.max(1, line), column: Math.max(1, col), message });
  };
  if (document.directives?.docStart && document.directives.yaml.explicit) refuse(0, "a %YAML directive is not allowed");
  visit(document, {
    Alias: (_, node) => refuse(node.range?.[0], "an alias (*) is not allowed: write the value out"),
    Node: (_, node) => {
      if ("anchor" in node && node.anchor) refuse(node.range?.[0], "an anchor (&) is not allowed: write the value out");
      if (node.tag !== undefined)
        refuse(node.range?.[0], "a tag (! or !!) is not allowed: every value is read as it is written");
    },
    Pair: (_, { key }) => {
      if (key instanceof Object && "value" in key && key.value === "<<") {
        refuse((key as ParsedNode).range[0], "a merge key (<<) is not allowed: write the values out");
      }
      // Validation leaves this key out without a word.
      if (key instanceof Object && "value" in key && key.value === "__proto__") {
        refuse((key as ParsedNode).range[0], "nothing can be called __proto__");
      }
    },
  });
  return problems;
}

function withPath(path: readonly PropertyKey[], message: string): string {
  return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
}
