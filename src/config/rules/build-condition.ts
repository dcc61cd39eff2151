import { derivedFieldOf } from "../../scoring/derived-fields.ts";
import type { Source } from "../../scoring/facts.ts";
import type { Comparison, Condition, FieldTest } from "../../scoring/ruleset.ts";
import type { Report } from "./build-ruleset.ts";
import type { ComparisonText, ConditionText } from "./rule-file.ts";

/** The tests that a group of conditions means; comparisons of one field all become tests of their own. */
export function buildCondition(
  text: ConditionText,
  path: readonly (string | number)[],
  report: Report,
  of: "company" | { source: Source } | { signals: ReadonlySet<string> },
): Condition {
  return Object.entries(text).flatMap(([field, comparison]): FieldTest[] => {
    if (typeof of === "object" && "signals" in of && !of.signals.has(field)) {
      report([...path, field], `unknown signal; known: ${[...of.signals].join(", ")}`, "key");
    }
    const tests = comparisonsOf(comparison);
    if (tests.length === 0) report([...path, field], "expected at least one comparison, found none");
    const derived = typeof of === "object" && "source" in of ? derivedFieldOf(of.source, field) : undefined;
    if (derived?.isTruth && !tests.every(isOfTruth)) {
      report([...path, field], "expected true or false, known or unknown");
    }
    return tests.map((test) => ({ field, test }));
  });
}

function isOfTruth(test: Comparison): boolean {
  if (test.kind === "known" || test.kind === "unknown") return true;
  return "values" in test && test.values.every((value) => value === "true" || value === "false");
}

function comparisonsOf(text: ComparisonText): Comparison[] {
  if (text === "known" || text === "unknown") return [{ kind: text }];
  if (typeof text === "string") return [{ kind: "is", values: [text] }];
  if (Array.isArray(text)) return [{ kind: "is", values: text }];
  const tests: Comparison[] = [];
  if (text.is !== undefined) tests.push({ kind: "is", values: [text.is] });
  if (text.not !== undefined) tests.push({ kind: "not", values: [text.not] });
  if (text.in !== undefined) tests.push({ kind: "is", values: text.in });
  if (text.within !== undefined) tests.push({ kind: "within", last: text.within });
  for (const kind of ["over", "under", "at_least", "at_most"] as const) {
    if (text[kind] !== undefined) tests.push({ kind, than: text[kind] });
  }
  return tests;
}
