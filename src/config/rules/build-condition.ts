import { derivedFieldOf } from "../../scoring/fields/derived-fields.ts";
import type { Source } from "../../scoring/facts.ts";
import type { Comparison, Condition, FieldTest } from "../../scoring/ruleset/field-test.ts";
import { checkCompared, type PlacedTest } from "./check-compared.ts";
import type { ComparisonText, ConditionText, OperatorsText } from "./condition-text.ts";
import type { Findings, NamedUse, Path } from "./findings.ts";
import { hintOfArrow } from "./hints.ts";
import { noteField } from "./read-field.ts";
import { sayFound, sayKnown } from "./say-found.ts";

/** What the fields of a condition are: of the company, of records, or names of signals, or of signals and scores. */
export type ConditionOf = "company" | Source | "signals" | "scores";

/** The tests that a group of conditions means; comparisons of one field all become tests of their own. */
export function buildCondition(text: ConditionText, path: Path, of: ConditionOf, findings: Findings): Condition {
  return Object.entries(text).flatMap(([field, comparison]) =>
    buildTests(field, comparison, [...path, field], of, findings),
  );
}

/** The tests of one field of a condition. */
export function buildTests(
  field: string,
  comparison: ComparisonText,
  path: Path,
  of: ConditionOf,
  findings: Findings,
): FieldTest[] {
  const placed = testsOf(comparison, path, findings);
  if (placed.length === 0) findings.report(path, "expected at least one comparison, found none");
  if (of === "signals" || of === "scores") {
    checkSnapshotField(field, placed, path, of, findings);
  } else {
    const derived = of === "company" ? undefined : derivedFieldOf(of, field);
    if (derived?.isTruth && !placed.every(({ test }) => isOfTruth(test))) {
      findings.report(path, "expected true or false, known or unknown");
    }
    for (const { values, as } of placed) noteField({ of, field }, path, { as, values, of: "key" }, findings);
  }
  return placed.map(({ test }) => ({ field, test }));
}

function checkSnapshotField(
  field: string,
  placed: readonly PlacedTest[],
  path: Path,
  of: "signals" | "scores",
  findings: Findings,
): void {
  const { signals, scores } = findings.known;
  const bands = of === "scores" ? scores.get(field) : undefined;
  if (bands === undefined && !signals.includes(field)) {
    const known = of === "scores" ? [...signals, ...scores.keys()] : signals;
    const what = of === "scores" ? "signal or score" : "signal";
    const hint = scores.has(field) ? "; a score can only be asked for in plays" : sayKnown(field, known);
    findings.report(path, `no ${what} is called ${sayFound(field)}${hint}`, "key");
  }
  for (const one of placed) {
    const { test, values } = one;
    if (bands === undefined) checkCompared(field, one, path, findings);
    if (test.kind !== "is" && test.kind !== "not") continue;
    for (const { text, path: at } of values) {
      const hint = hintOfArrow(text);
      if (hint) findings.report(at, `expected a value, found ${sayFound(text)}${hint}`);
      else if (bands && !bands.includes(text)) {
        findings.report(at, `no band of ${field} is called ${sayFound(text)}${sayKnown(text, bands)}`);
      }
    }
  }
}

function isOfTruth(test: Comparison): boolean {
  if (test.kind === "known" || test.kind === "unknown") return true;
  return (test.kind === "is" || test.kind === "not") && test.values.every(isTruth);
}

function isTruth(text: string): boolean {
  return text === "true" || text === "false";
}

function usageOf(test: Comparison): NamedUse["as"] {
  if (test.kind === "is" || test.kind === "not") return test.values.every(isTruth) ? "truth" : "choice";
  if (test.kind === "contains" || test.kind === "known" || test.kind === "unknown") return "any";
  return "than" in test || test.kind === "between" ? "number" : "date";
}

function testsOf(text: ComparisonText, path: Path, findings: Findings): PlacedTest[] {
  if (text === "known" || text === "unknown") return [{ test: { kind: text }, values: [], as: "any" }];
  if (typeof text === "string" || Array.isArray(text)) return [valuesTest("is", text, path)];
  return operatorTests(text, path, findings);
}

function valuesTest(kind: "is" | "not" | "contains", text: string | string[], path: Path): PlacedTest {
  const values = typeof text === "string" ? [text] : text;
  const placed = values.map((value, index) => ({
    text: value,
    path: typeof text === "string" ? path : [...path, index],
  }));
  const test: Comparison = { kind, values };
  return { test, values: placed, as: usageOf(test) };
}

/** The tests of a group of operators. */
function operatorTests(text: OperatorsText, path: Path, findings: Findings): PlacedTest[] {
  const tests: PlacedTest[] = [];
  const add = (test: Comparison) => tests.push({ test, values: [], as: usageOf(test) });
  if (text.in !== undefined) tests.push(valuesTest("is", text.in, [...path, "in"]));
  for (const kind of ["is", "not", "contains"] as const) {
    if (text[kind] !== undefined) tests.push(valuesTest(kind, text[kind], [...path, kind]));
  }
  for (const kind of ["over", "under", "at_least", "at_most"] as const) {
    if (text[kind] !== undefined) add({ kind, than: text[kind] });
  }
  if (text.between) {
    const [from = 0, to = 0, ...more] = text.between;
    if (text.between.length < 2 || more.length > 0) {
      findings.report([...path, "between"], `expected two numbers, found ${text.between.length}`);
    } else if (from > to) {
      findings.report([...path, "between"], `expected the lesser number first, found ${from} before ${to}`);
    }
    add({ kind: "between", from, to });
  }
  if (text.within) {
    const { isNext, duration } = text.within;
    add(isNext ? { kind: "within_next", next: duration } : { kind: "within", last: duration });
  }
  for (const kind of ["before", "after"] as const) {
    if (text[kind] !== undefined) add({ kind, day: text[kind] });
  }
  return tests;
}
