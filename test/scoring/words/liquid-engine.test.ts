import { describe, expect, it } from "@jest/globals";
import { BrokenTemplate, parseTemplate } from "../../../src/scoring/words/liquid-engine.ts";

const problemOf = (template: string): unknown => {
  try {
    return parseTemplate(template).render({});
  } catch (error) {
    return error;
  }
};

describe("a template that is refused", () => {
  it.each([
    ["{{ name | base64_decode }}", "undefined filter: base64_decode"],
    ["{{ name | url_decode }}", "undefined filter: url_decode"],
    ["{{ name | split: ',' | group_by_exp: 'x', 'x' }}", "undefined filter: group_by_exp"],
    ["{{ 4 | divided_by: name }}", "undefined filter: divided_by"],
    ["{{ 4 | modulo: 0 }}", "undefined filter: modulo"],
    ["{{ name | newline_to_br }}", "undefined filter: newline_to_br"],
    ["{{ name | append }}", "append expect 2 arguments"],
    ["line one\n{{ company.name | append }}", "append expect 2 arguments"],
    ["{% for a in b %}{% endfor %}", "loops do not work here"],
    ["{% tablerow a in b %}{% endtablerow %}", "loops do not work here"],
    ["{% include 'a' %}", 'tag "include" not found'],
    ["{{ score", 'output "{{ score" not closed'],
  ])("%j: %s", (template, message) => {
    const problem = problemOf(template);
    expect(problem).toBeInstanceOf(BrokenTemplate);
    expect(problem).toHaveProperty("message", message);
  });
});

describe("a template that is taken", () => {
  it.each(["", "%", "%E0%A4%A", "<b>", "a,b", "-3", "1e400", "\ud800"])("gives a text for %j", (name) => {
    const filters =
      "upcase | downcase | capitalize | append: name | prepend: '-' | replace: 'a', name | replace_first: '', 'b' | " +
      "remove: name | remove_first: 'b' | strip | lstrip | rstrip | truncate: 90 | truncatewords: 9 | default: 'x' | " +
      "split: ',' | concat: name | uniq | sort | reverse | slice: 0, 9 | join: ' ' | strip_newlines | escape | size | " +
      "plus: name | minus: 1 | times: name | round: 1 | floor | ceil | abs | at_least: 1 | at_most: name";
    expect(typeof parseTemplate(`{{ name | ${filters} }}`).render({ name })).toBe("string");
    expect(parseTemplate("{{ name | split: ',' | first }}{{ name | last }}.").render({ name })).toMatch(/\.$/);
  });

  it("is blank where it fails with values that no sample is like", () => {
    const template = parseTemplate("{% if name == 'Nordvik' %}{{ name | append }}{% endif %}Call {{ name }}");
    expect(template.render({ name: "Sørvik" })).toBe("Call Sørvik");
    expect(template.render({ name: "Nordvik" })).toBe("");
  });
});
