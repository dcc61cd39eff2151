import type { Comparison } from "../../scoring/ruleset/field-test.ts";
import type { Findings, NamedUse, Path } from "./findings.ts";
import { hintOfArrow } from "./hints.ts";
import { numberIn } from "./scalars.ts";
import { sayFound } from "./say-found.ts";
import { meaningOf, propertyBehind } from "./signal-meaning.ts";

/** A test with the place of each value that it compares with, and what these take the value for. */
export type PlacedTest = { test: Comparison; values: NonNullable<NamedUse["values"]>; as: NamedUse["as"] };

/** Checks a test of a signal against what the signal's values are, and notes what its property is taken for. */
export function checkCompared(signal: string, { test, values, as }: PlacedTest, path: Path, findings: Findings): void {
  const behind = propertyBehind(signal, findings);
  if (behind) findings.use({ ...behind, path, of: "key", as, values, isEcho: true });
  if (test.kind === "known" || test.kind === "unknown") return;
  const meaning = meaningOf(signal, findings);
  if (meaning === "truth") {
    const expected = `${signal} is yes or no; expected true, false, known or unknown`;
    if (values.length === 0) findings.report(path, `${expected}, found a comparison`);
    for (const { text, path: at } of values) {
      if (text !== "true" && text !== "false") findings.report(at, `${expected}, found ${sayFound(text)}`);
    }
  }
  if (meaning !== "number") return;
  if (as === "date") findings.report(path, `${signal} is a number, so no day and no time can be compared with it`);
  for (const { text, path: at } of values) {
    if (numberIn(text) !== undefined || hintOfArrow(text)) continue;
    findings.report(at, `${signal} is a number; expected one such as 3, or { over: 3 }, found ${sayFound(text)}`);
  }
}
