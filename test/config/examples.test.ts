import { describe, expect, it, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseCases } from "../../src/config/cases/parse-cases.ts";
import { parseRules } from "../../src/config/rules/parse-rules.ts";
import { runCases } from "../../src/scoring/analysis/run-cases.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";

const LEAST_CASES = 5;
const examples = [
  { name: "saas-subscription", language: "en" },
  { name: "agency", language: "en" },
  { name: "membership", language: "nb" },
  { name: "commerce", language: "da" },
];

function read(name: string): { file: string; text: string } {
  const file = fileURLToPath(new URL(`../../config/examples/${name}`, import.meta.url));
  return { file, text: readFileSync(file, "utf8") };
}

describe.each(examples)("the example $name", ({ name, language }) => {
  const { file, text } = read(`${name}.yaml`);

  it("can be used as it is", () => {
    const ruleset = parseRules(text, file);
    expect(ruleset).toMatchObject({ language, plays: expect.any(Array) });
    expect(compileRuleset(ruleset).plays.length).toBeGreaterThan(0);
  });

  it("begins with the schema for the editor and with whom it is for", () => {
    const [schema, ...comment] = text.slice(0, text.indexOf("\nname:")).split("\n");
    expect(schema).toBe("# yaml-language-server: $schema=../health.schema.json");
    expect(comment.length).toBeGreaterThan(3);
    expect(comment.filter((line) => !line.startsWith("# "))).toEqual([]);
  });

  it("says in its head which company properties it expects", () => {
    const head = text.slice(0, text.indexOf("\nname:"));
    const { reads } = compileRuleset(parseRules(text, file));
    const own = reads.company.filter((property) => !isOfHubSpot(property));
    expect(own.filter((property) => !new RegExp(`\\b${property}\\b`).test(head))).toEqual([]);
  });

  test("its customers come out as expected", () => {
    const ruleset = parseRules(text, file);
    const cases = read(`${name}.cases.yaml`);
    const results = runCases(compileRuleset(ruleset), parseCases(cases.text, cases.file, ruleset));
    const failures = results.flatMap((result) =>
      result.failures.map((failure) => `${result.case.name}: ${sayFailure(failure)}`),
    );
    expect(failures).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(LEAST_CASES);
  });
});

function sayFailure({ subject, expected, found }: { subject: string; expected: string; found: string }): string {
  return `${subject} expected ${expected}, found ${found}`;
}

/** Properties that every portal has, or that HubSpot works out. */
function isOfHubSpot(property: string): boolean {
  const standard = ["name", "lifecyclestage", "hubspot_owner_id", "notes_last_contacted", "total_revenue"];
  return standard.includes(property) || (property.startsWith("hs_") && property !== "hs_csm_sentiment");
}
