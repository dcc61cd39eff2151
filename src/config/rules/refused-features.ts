import { isScalar, visit, type Document, type LineCounter, type Node, type ParsedNode } from "yaml";
import { placeOf } from "./locate.ts";
import type { RuleProblem } from "./rule-problems.ts";
import { sayFound } from "./say-found.ts";

/** What makes a YAML text mean something else than it looks like is refused. */
export function refusedFeatures(document: Document<ParsedNode>, lines: LineCounter): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const refuse = (node: unknown, message: string) => {
    problems.push({ ...placeOf(lines, (node as Node | null)?.range?.[0] ?? 0), message });
  };
  if (document.directives?.docStart && document.directives.yaml.explicit)
    refuse(null, "a %YAML directive is not allowed");
  visit(document, {
    Alias: (_, node) => refuse(node, "an alias (*) is not allowed: write the value out"),
    Node: (_, node) => {
      if ("anchor" in node && node.anchor) refuse(node, "an anchor (&) is not allowed: write the value out");
      if (node.tag !== undefined) refuse(node, "a tag (! or !!) is not allowed: every value is read as it is written");
    },
    Map: (_, { items }) => {
      const first = new Map<string, number>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const line = first.get(name);
        if (line !== undefined) refuse(key, `${sayFound(name)} is here twice: also on line ${line}`);
        else first.set(name, placeOf(lines, key.range?.[0] ?? 0).line);
        if (name === "<<") refuse(key, "a merge key (<<) is not allowed: write the values out");
        // Reading leaves this key out without a word.
        if (name === "__proto__") refuse(key, "nothing can be called __proto__");
      }
    },
  });
  return problems;
}
