import { describe, expect, it } from "@jest/globals";
import { UnknownTemplateName } from "../../../src/scoring/words/liquid-engine.ts";
import { compileAdviceText, compileReasonText } from "../../../src/scoring/words/reason-text.ts";

describe("a rule's own words", () => {
  it("name the label, the value and the grade, on one line", () => {
    const variables = { label: "Seats", value: "12 %", grade: "40" };
    expect(compileReasonText(" {{ label }}:\n{{ value }} ({{ grade }}) ")(variables)).toBe("Seats: 12 % (40)");
    expect(compileAdviceText("Call about {{ label }} {{ value }}")(variables)).toBe("Call about Seats 12 %");
  });

  it.each(["{{ company.name }}", "{{ score }}", "{{ value.size }}", "{{ signals.seats }}"])(
    "%s names nothing that they have",
    (template) => {
      expect(() => compileReasonText(template)).toThrow(UnknownTemplateName);
      expect(() => compileAdviceText(template)).toThrow(UnknownTemplateName);
    },
  );

  it("of advice do not name the grade", () => {
    expect(() => compileAdviceText("{{ grade }}")).toThrow('nothing is called "grade" here; known: label, value');
  });

  it.each(["{{ label", "{% for i in (1..9) %}{% endfor %}", "{{ 'now' | date: '%s' }}"])(
    "%s are refused",
    (template) => {
      expect(() => compileReasonText(template)).toThrow();
      expect(() => compileAdviceText(template)).toThrow();
    },
  );
});
