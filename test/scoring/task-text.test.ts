import { describe, expect, it } from "@jest/globals";
import { companyPropertiesOf, compileTaskText, UnknownTemplateName } from "../../src/scoring/task-text.ts";

const variables = {
  company: { id: "501", name: "Nordvik" },
  score: "40",
  band: "At risk",
  change: "-9",
  reasons: "- a",
};
const render = (template: string) => compileTaskText(template)(variables);

describe("the text of a task", () => {
  it.each([
    ["{{ company.name }} ({{ company.id }}): {{ score }}, {{ band }}, {{ change }}", "Nordvik (501): 40, At risk, -9"],
    ["{{ reasons }}", "- a"],
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

  it("tells the company properties that it needs", () => {
    const template =
      "{{ company.name }}{% if company.tier == 'A' %}{{ company.phone }}{{ company.id }}{% endif %}{{ score }}";
    expect(companyPropertiesOf(template).toSorted()).toEqual(["name", "phone", "tier"]);
  });
});
