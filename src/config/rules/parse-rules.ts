import { createHash } from "node:crypto";
import { LineCounter, parseDocument } from "yaml";
import type { PersonUse, PropertyUse } from "../../scoring/ruleset/property-use.ts";
import type { Ruleset } from "../../scoring/ruleset/ruleset.ts";
import { buildRuleset } from "./build-ruleset.ts";
import { findTooGreat } from "./check-size.ts";
import { createFindings, type Findings, type NamedUse } from "./findings.ts";
import { knownNames } from "./known-names.ts";
import { locate, type PlaceAt } from "./locate.ts";
import { plainValue } from "./plain-value.ts";
import { readShape } from "./read-shape.ts";
import { refusedFeatures } from "./refused-features.ts";
import { RuleProblems, type RuleProblem } from "./rule-problems.ts";
import { shapeProblems } from "./shape-problems.ts";
import { syntaxProblems } from "./syntax-problems.ts";
import { withPath } from "./with-path.ts";

export type ParseOptions = Pick<Findings, "propertyNames">;
/** `uses` and `people` are the places at which the file names HubSpot properties and users of the portal. */
export type ReadRules = { ruleset: Ruleset; uses: PropertyUse[]; people: PersonUse[] };

/**
 * Reads a rule file. `file` is only for messages. With `propertyNames: "any"` properties may be called as the columns of
 * some table, as `company.Monthly Charges`. Throws `RuleProblems` with everything that is wrong, each with its line and
 * column; whatever the text, nothing else is thrown.
 */
export function parseRules(text: string, file: string, options: ParseOptions = { propertyNames: "hubspot" }): Ruleset {
  return readRules(text, file, options).ruleset;
}

/** Reads a rule file as `parseRules` does, and tells what it names of HubSpot. */
export function readRules(text: string, file: string, options: ParseOptions = { propertyNames: "hubspot" }): ReadRules {
  const tooGreat = findTooGreat(text);
  if (tooGreat) throw new RuleProblems(file, [tooGreat], text);
  const lines = new LineCounter();
  // Keys that are there twice are found in `refusedFeatures`: the library compares each with all others.
  const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, uniqueKeys: false, stringKeys: true });
  const refused = refusedFeatures(document, lines);
  if (document.errors.length > 0) {
    throw new RuleProblems(file, [...syntaxProblems(document, text), ...refused], text);
  }

  const at: PlaceAt = (path, of) => locate(document, lines, path, of);
  const tree = plainValue(document.contents);
  const { file: shape, issues, cuts } = readShape(tree);
  const refusedAt = new Set(refused.map(({ line, column }) => `${line}:${column}`));
  const shapeless = shapeProblems(issues, tree, text, at).filter(
    ({ line, column }) => !refusedAt.has(`${line}:${column}`),
  );
  const problems = [...syntaxProblems(document, text), ...refused, ...shapeless];
  const findings = createFindings({ known: knownNames(tree), isWhole: cuts.isWhole, ...options });
  const inWhole: Findings = {
    ...findings,
    isWhole: (path) => cuts.isWhole(cuts.originalPath(path)),
    report: (path, message, of) => findings.report(cuts.originalPath(path), message, of),
  };
  const hash = createHash("sha256").update(text).digest("hex");
  const ruleset = shape && buildRuleset(shape, hash, inWhole);
  for (const { path, message, of } of findings.problems)
    problems.push({ ...at(path, of), message: withPath(path, message) });
  if (problems.length > 0 || !ruleset) throw new RuleProblems(file, withinText(problems, text), text);
  return {
    ruleset,
    uses: findings.uses.map((use) => placeUse(use, at)),
    people: findings.people.map(({ email, path }) => ({ email, place: at(path) })),
  };
}

function placeUse(
  { source, property, as, path, of, values = [], exhaustive = false, isEcho = false }: NamedUse,
  at: PlaceAt,
): PropertyUse {
  const placed = values.map(({ text, path: valuePath, of: valueOf }) => ({ text, place: at(valuePath, valueOf) }));
  return { source, property, as, values: placed, exhaustive, isEcho, place: at(path, of) };
}

/** A problem at the very end of a text that ends with a line break is placed on its last line. */
function withinText(problems: readonly RuleProblem[], text: string): RuleProblem[] {
  const count = text.split(/\r\n|\r|\n/).length;
  return problems.map((problem) => (problem.line <= count ? problem : { ...problem, line: count, column: 1 }));
}
