import { parseRules } from "../../src/config/rules/parse-rules.ts";
import { compileRuleset, type CompiledRuleset } from "../../src/scoring/compiled-ruleset.ts";

/** The parts of a rule file that matter to a case, each as it stands in a file; what is not given is as plain as can be. */
export type RuleParts = {
  language?: string;
  timezone?: string;
  /** Keys of the file itself. */
  top?: string;
  /** Keys of `customers`. */
  customers?: string;
  /** Beside `level`, the company's own number from 0 to 100. */
  signals?: string;
  /** The rules of the one dimension; or all `dimensions`. */
  rules?: string;
  dimensions?: string;
  bands?: string;
  /** More keys of the score `health`. */
  score?: string;
  /** More scores. */
  scores?: string;
  plays?: string;
};

const level = "- { signal: level, grade: { line: { 0: 0, 100: 100 } } }";
const threeBands = `
  at_risk: { label: At risk, below: 50, colour: red }
  watch: { label: Watch, below: 75, colour: yellow }
  healthy: { label: Healthy, colour: green }`;

/** A whole rule file: a customer's score is its `level`, but for what the parts say. */
export function fileAround(parts: RuleParts): string {
  const dimensions =
    parts.dimensions ?? `usage:\n  label: Use\n  weight: 1\n  rules:\n${under(4, parts.rules ?? level)}`;
  return [
    `name: A case\nlanguage: ${parts.language ?? "en"}\ntimezone: ${parts.timezone ?? "Europe/Oslo"}`,
    parts.top ?? "",
    `customers:\n  where: { lifecyclestage: customer }\n${under(2, parts.customers ?? "")}`,
    `signals:\n  level: { label: Level, value: company.level }\n${under(2, parts.signals ?? "")}`,
    `scores:\n  health:\n    property: chs_health_score\n${under(4, parts.score ?? "")}`,
    `    dimensions:\n${under(6, dimensions)}\n    bands:\n${under(6, parts.bands ?? threeBands)}`,
    under(2, parts.scores ?? ""),
    parts.plays === undefined ? "" : `plays:\n${under(2, parts.plays)}`,
  ].join("\n");
}

/** The rules of a file around the parts, read and compiled as the service does. */
export function rulesAround(parts: RuleParts): CompiledRuleset {
  return compileRuleset(parseRules(fileAround(parts), "case.yaml"));
}

/** A part may be indented as the code around it is. */
function under(spaces: number, part: string): string {
  const lines = part.split("\n").filter((line) => line.trim() !== "");
  const indented = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => " ".repeat(spaces) + line.slice(indented)).join("\n");
}
