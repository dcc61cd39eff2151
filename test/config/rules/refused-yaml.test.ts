import { describe, expect, it } from "@jest/globals";
import { problemsOf, smallFileWith, type Refusal } from "./small-file.ts";

describe("YAML that means something else than it looks like", () => {
  it.each<Refusal>([
    ["name: Small", "name: &a Small", ["1:10: an anchor (&) is not allowed: write the value out"]],
    ["name: Small", "name: *a", ["1:7: an alias (*) is not allowed: write the value out"]],
    [
      "name: Small",
      "name: !secret Small",
      ["1:15: a tag (! or !!) is not allowed: every value is read as it is written"],
    ],
    [
      "name: Small",
      "name: !!str Small",
      ["1:13: a tag (! or !!) is not allowed: every value is read as it is written"],
    ],
    [
      "{ value: company.seats }",
      "{ <<: { value: company.seats } }",
      ["7:12: a merge key (<<) is not allowed: write the values out"],
    ],
    ["language: en", "language: en\nlanguage: nb", ['3:1: "language" is here twice: also on line 2']],
    ["name: Small", "%YAML 1.2\n---\nname: Small", ["1:1: a %YAML directive is not allowed"]],
    ["name: Small", "__proto__: Small", ["1:1: nothing can be called __proto__"]],
    [
      "lifecyclestage: customer",
      "__proto__: customer",
      ["5:10: customers.where: expected a group of conditions, found none", "5:12: nothing can be called __proto__"],
    ],
    ["  seats: {", "\tseats: {", ["7:1: a tab indents this line: indent with spaces"]],
    ["name: Small", "name: Small: or not", ["1:7: a colon and a space within a text: put the text in quotes"]],
    ["name: Small", 'name: "Small', ['1:13: Missing closing "quote']],
    ["plays:", "---\nplays:", ["21:1: a second document (---) begins here: a rule file is one document"]],
    ["name: Small", "? [a, b]\n: c\nname: Small", ["1:3: a key must be a text"]],
    [
      "0: 0, 10: 100",
      "0: 0, 0: 100",
      [
        "16:45: scores.health.dimensions.usage.rules.0.grade.line: expected at least two points, found 1",
        '16:53: "0" is here twice: also on line 16',
      ],
    ],
  ])("%j as %j", (part, otherwise, problems) => {
    expect(problemsOf(smallFileWith(part, otherwise))).toEqual(problems);
  });
});
