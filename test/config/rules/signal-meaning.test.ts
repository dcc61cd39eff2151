import { describe, expect, it } from "@jest/globals";
import { problemsOf, smallFile } from "./small-file.ts";

/** `had` is a truth, `urgent` and `late` are numbers, `seats` is what the portal says. */
const file = smallFile.replace(
  "signals:\n",
  `signals:
  had: { exists: feedback }
  late: { latest: invoices.days_late, by: invoices.createdate }
  overdue_now: { latest: invoices.overdue, by: invoices.createdate }
`,
);
const limit = (when: string) => file.replace("    bands:", `    limits: [{ cap: 40, when: { ${when} } }]\n    bands:`);
const rule = (text: string) => file.replace("signal: seats, grade: { line: { 0: 0, 10: 100 } }", text);

describe("what a signal is, against what it is compared with", () => {
  it.each([
    ["had: { over: 3 }", "had is yes or no; expected true, false, known or unknown, found a comparison"],
    ["had: { within: 30d }", "had is yes or no; expected true, false, known or unknown, found a comparison"],
    ["had: yes", 'had is yes or no; expected true, false, known or unknown, found "yes"'],
    ["overdue_now: { not: 3 }", 'overdue_now is yes or no; expected true, false, known or unknown, found "3"'],
    ["urgent: many", 'urgent is a number; expected one such as 3, or { over: 3 }, found "many"'],
    ["urgent: { not: [3, few] }", 'urgent is a number; expected one such as 3, or { over: 3 }, found "few"'],
    ["urgent: { within: 30d }", "urgent is a number, so no day and no time can be compared with it"],
    ["late: { before: today }", "late is a number, so no day and no time can be compared with it"],
    ["late: { after: 30d ago }", "late is a number, so no day and no time can be compared with it"],
  ])("%s", (when, message) => {
    const problems = problemsOf(limit(when));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`: ${message}`);
  });

  it.each(["had: true", "had: { not: true }", "had: unknown", "urgent: 3", "urgent: { over: 3 }", "late: known"])(
    "%s is right",
    (when) => {
      expect(problemsOf(limit(when))).toEqual([]);
    },
  );

  it.each(["seats: many", "seats: { within: 30d }", "seats: { over: 3 }"])("%s: only the portal knows", (when) => {
    expect(problemsOf(limit(when))).toEqual([]);
  });
});

describe("what a signal is, against how it is graded", () => {
  it.each([
    ["signal: had, grade: { line: { 0: 0, 1: 100 } }", "grade.line: had is yes or no; use match: { yes: .., no: .. }"],
    [
      "signal: had, grade: { steps: { 0: 0, 1: 100 } }",
      "grade.steps: had is yes or no; use match: { yes: .., no: .. }",
    ],
    [
      "signal: had, grade: { match: { yes: 0, never: 100 } }",
      'grade.match.never: had is yes or no; expected yes or no, found "never"',
    ],
    [
      "signal: urgent, grade: { match: { 0: 100, many: 0 } }",
      'grade.match.many: urgent is a number; use line or steps, found "many"',
    ],
  ])("%s", (text, message) => {
    expect(problemsOf(rule(text))).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    "signal: had, grade: { match: { yes: 0, no: 100 } }",
    "signal: had, grade: { match: { true: 0, false: 100 } }",
    "signal: urgent, grade: { match: { 0: 100, 1: 0 } }",
    "signal: seats, grade: { match: { few: 100, many: 0 } }",
  ])("%s is right", (text) => {
    expect(problemsOf(rule(text))).toEqual([]);
  });

  it("a truth reaches no number", () => {
    expect(problemsOf(file.replace("health: { enters: at_risk }", "had: { reaches: 1 }"))).toEqual([
      expect.stringContaining("plays.0.when.had: had is yes or no"),
    ]);
  });
});
