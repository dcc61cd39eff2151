import { parseRules } from "../../../src/config/rules/parse-rules.ts";
import { RuleProblems } from "../../../src/config/rules/rule-problems.ts";

/** The smallest file with one of everything; tests change one place of it. */
export const smallFile = `name: Small
language: en
timezone: Europe/Oslo
customers:
  where: { lifecyclestage: customer }
signals:
  seats: { value: company.seats }
  urgent: { count: tickets, where: { open: true } }
scores:
  health:
    property: chs_health_score
    dimensions:
      usage:
        weight: 1
        rules:
          - { signal: seats, grade: { line: { 0: 0, 10: 100 } } }
          - { signal: urgent, grade: { steps: { 0: 100, 1: 0 } } }
    bands:
      at_risk: { below: 50, colour: red }
      healthy: { colour: green }
plays:
  - name: Call
    when: { health: { enters: at_risk } }
    task: { subject: "{{ company.name }}", body: Call them, due: 1 working day }
    close_when: { health: { leaves: at_risk } }
`;

/** The small file with one part of it written otherwise; the part must be there once. */
export function smallFileWith(part: string, otherwise: string): string {
  const pieces = smallFile.split(part);
  if (pieces.length !== 2) throw new RangeError(`${JSON.stringify(part)} is there ${pieces.length - 1} times`);
  return pieces.join(otherwise);
}

/** What is wrong in a text, as `line:column: message`; nothing where it is a ruleset. */
export function problemsOf(text: string): string[] {
  try {
    parseRules(text, "rules.yaml");
    return [];
  } catch (error) {
    if (!(error instanceof RuleProblems)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  }
}

/** A part of the small file, what is written instead, and what is wrong then. */
export type Refusal = [part: string, otherwise: string, problems: string[]];
