import { describe, expect, it } from "@jest/globals";
import { UnknownTemplateName } from "../../../src/scoring/words/liquid-engine.ts";
import { compileTaskText, namesOf } from "../../../src/scoring/words/task-text.ts";

const variables = {
  company: { id: "501", name: "Nordvik" },
  score: "40",
  band: "At risk",
  change: "-9",
  reasons: "- a",
  advice: "- call",
  pulse: "AT_RISK",
  phase: "Onboarding",
  signals: { seats: "12 %" },
};
const render = (template: string) => compileTaskText(template)(variables);

describe("the text of a task", () => {
  it.each([
    ["{{ company.name }} ({{ company.id }}): {{ score }}, {{ band }}, {{ change }}", "Nordvik (501): 40, At risk, -9"],
    ["{{ reasons }}", "- a"],
    ["{{ advice }}|{{ pulse }}|{{ phase }}|{{ signals.seats }}", "- call|AT_RISK|Onboarding|12 %"],
    ["{{ signals.other }}{{ signals.__proto__ }}.", "."],
    ["{% if score == '40' %}low{% else %}high{% endif %}", "low"],
    ["{% assign who = company.name | upcase %}{{ who }}", "NORDVIK"],
    ["{{ company.domain }}.", "."],
    ["{{ company.domain | default: 'no domain' }}", "no domain"],
    ["{{ company.constructor }}{{ company.__proto__ }}.", "."],
  ])("of %j is %j", (template, text) => {
    expect(render(template)).toBe(text);
  });

  it.each([
    "{{ scor }}",
    "{{ company }}",
    "{{ company.name.first }}",
    "{{ company[score] }}",
    "{{ score.size }}",
    "{{ signals }}",
    "{{ signals.seats.first }}",
    "{{ signals[band] }}",
    "{{ label }}",
    "{% if owner %}x{% endif %}",
    "{{ band | append: nothing }}",
  ])("%s names what no task has", (template) => {
    expect(() => compileTaskText(template)).toThrow(UnknownTemplateName);
  });

  it.each([
    "{{ score",
    "{% if score %}",
    "{{ score | shout }}",
    "{% for i in (1..1000000000) %}x{% endfor %}",
    "{% tablerow i in (1..9) %}{% endtablerow %}",
    "{% include 'x' %}",
    "{% render '/etc/passwd' %}",
    "{% layout 'x' %}",
    "{{ 'now' | date: '%s' }}",
    "{{ 'a,b' | split: ',' | sample }}",
  ])("%s is refused: no template, or one with a loop, a file, the time or chance", (template) => {
    expect(() => compileTaskText(template)).toThrow();
  });

  it("tells the company properties and the signals that it needs, each once", () => {
    const template =
      "{{ company.name }}{% if company.tier == 'A' %}{{ company.phone }}{{ company.id }}{% endif %}{{ score }}" +
      "{{ signals.seats }}{{ signals['tenure_days'] }}{{ signals.seats }}{{ company.name }}";
    const { companyProperties, signals } = namesOf(template);
    expect(companyProperties.toSorted()).toEqual(["name", "phone", "tier"]);
    expect(signals.toSorted()).toEqual(["seats", "tenure_days"]);
  });

  it("says what may be named", () => {
    expect(() => namesOf("{{ scor }}")).toThrow(
      'nothing is called "scor" here; known: company.<property>, signals.<name>, score, band, change, reasons, ' +
        "advice, pulse, phase",
    );
  });
});
