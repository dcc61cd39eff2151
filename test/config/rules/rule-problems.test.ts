import { describe, expect, it } from "@jest/globals";
import { parseRules } from "../../../src/config/rules/parse-rules.ts";
import { RuleProblems } from "../../../src/config/rules/rule-problems.ts";
import { smallFile } from "./small-file.ts";

describe("what is printed of problems", () => {
  it.each([
    ["a terminal's command in a name", "at_ris\u001b[2J", "at_ris\\u001b[2J"],
    ["a bell", "at\u0007risk", "at\\u0007risk"],
    ["a sign that turns the text around", "at\u202erisk", "at\\u202erisk"],
  ])("shows %s and does not send it", (_, name, shown) => {
    const text = smallFile.replace(/^( +)at_risk:/m, `$1"${name}":`);
    expect(text).toContain(name);
    let refusal: unknown;
    try {
      parseRules(text, "rules.yaml");
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(RuleProblems);
    const { message } = refusal as RuleProblems;
    expect(message).toContain(shown);
    expect(message).not.toMatch(/[^\P{C}\n]/u);
  });
});
