import { parseTemplate, UnknownTemplateName } from "./liquid-engine.ts";

/** What the words of a loss may name; `value` is said in words, `grade` is a whole number. */
export type ReasonVariables = { label: string; value: string; grade: string };
export type AdviceVariables = Pick<ReasonVariables, "label" | "value">;

/**
 * A rule's own words for a loss as a function; they come out on one line, as reasons are told one a line. Throws
 * `BrokenTemplate` where the text is no template, and `UnknownTemplateName`.
 */
export function compileReasonText(template: string): (variables: ReasonVariables) => string {
  return compileLine(template, ["label", "value", "grade"]);
}

/** What a rule advises to do about a loss as a function, on one line. Throws as `compileReasonText` does. */
export function compileAdviceText(template: string): (variables: AdviceVariables) => string {
  return compileLine(template, ["label", "value"]);
}

function compileLine(template: string, known: readonly string[]): (variables: object) => string {
  const parsed = parseTemplate(template);
  const names = new Set(parsed.names.map((segments) => segments.map(String).join(".")));
  const unknown = [...names].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new UnknownTemplateName(unknown, known);
  return (variables) => parsed.render(variables).replaceAll(/\s+/g, " ").trim();
}
