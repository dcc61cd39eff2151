import { expect, test } from "@jest/globals";
import { scoreRowsOf } from "../../../src/cli/explain/score-lines.ts";
import { scoreCustomer } from "../../../src/scoring/analysis/score-customer.ts";
import { compileRuleset } from "../../../src/scoring/compiled-ruleset.ts";
import type { Limit } from "../../../src/scoring/ruleset/score-rules.ts";
import { momentAt } from "../../scoring/moment-at.ts";
import { levelFacts } from "../../scoring/sample-facts.ts";
import { sampleRuleset, sampleScore } from "../../scoring/sample-ruleset.ts";

const limit = (kind: Limit["kind"], label: string, at: number): Limit => {
  return { kind, label, at, when: [{ field: "seats", test: { kind: "known" } }] };
};

test.each([
  [80, ["raised by Contract (floor 95), held by Nps (cap 90)", "+10.0"]],
  [99, ["Nps (cap 90)", "-9.0"]],
])("a cap at %i points tells what it does, and the floor that it holds", (level, row) => {
  const limits = [limit("floor", "Contract", 95), limit("floor", "Low", 20), limit("cap", "Nps", 90)];
  const compiled = compileRuleset(sampleRuleset({ scores: [sampleScore({ limits })] }));
  const { scores } = scoreCustomer(compiled, levelFacts(level), momentAt("2026-10-01T10:00:00Z"), null);
  const rows = [...scores.values()].flatMap((score) => scoreRowsOf(score, compiled.ruleset));
  expect(rows.slice(-2)).toEqual([
    [row[0], "", "", "", row[1]],
    ["Score", "", "", "", "90.0"],
  ]);
});
