import { describe, expect, it, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { parseCases } from "../../src/config/cases/parse-cases.ts";
import { parseRules } from "../../src/config/rules/parse-rules.ts";
import { runCases } from "../../src/scoring/analysis/run-cases.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { partOf, rulesAround } from "./small-rules.ts";
import { yamlBlocks } from "./yaml-blocks.ts";

const DOCUMENT = new URL("../../config/README.md", import.meta.url);
const markdown = readFileSync(DOCUMENT, "utf8");
const blocks = yamlBlocks(markdown).map((block) => ({ ...block, place: `config/README.md:${block.line}` }));
const PLACES = ["file", "top", "signals", "score", "rules", "plays", "cases"];

const named = blocks
  .filter(({ belongsTo }) => belongsTo === "signals")
  .flatMap(({ text, place }) =>
    Object.entries(partOf(text) as Record<string, unknown>).map(([name, signal]) => ({ name, signal, place })),
  );
const signals = Object.fromEntries(named.map(({ name, signal }) => [name, signal]));

describe("the reference of the rule file", () => {
  it("says of every yaml block where it belongs", () => {
    const places = new Set(blocks.map(({ belongsTo }) => belongsTo));
    expect(blocks.filter(({ belongsTo }) => !PLACES.includes(belongsTo))).toEqual([]);
    expect([...places].toSorted()).toEqual(PLACES.toSorted());
    expect(blocks).toHaveLength(markdown.match(/^```yaml/gm)?.length ?? 0);
  });

  it("names each signal once", () => {
    const twice = named.filter(({ name }, index) => named.findIndex((other) => other.name === name) < index);
    expect(twice).toEqual([]);
  });

  test.each(blocks.filter(({ belongsTo }) => belongsTo !== "cases" && belongsTo !== "file"))(
    "$place: the $belongsTo can be used",
    (block) => {
      compileRuleset(parseRules(rulesAround(block, signals), block.place));
    },
  );

  test.each(blocks.filter(({ belongsTo }) => belongsTo === "file"))(
    "$place: the file can be used",
    ({ text, place }) => {
      compileRuleset(parseRules(text, place));
    },
  );

  test.each(blocks.filter(({ belongsTo }) => belongsTo === "cases"))(
    "$place: the cases come out of the file above them",
    ({ text, line, place }) => {
      const file = blocks.findLast((block) => block.belongsTo === "file" && block.line < line);
      const ruleset = parseRules(file?.text ?? "", place);
      const results = runCases(compileRuleset(ruleset), parseCases(text, place, ruleset));
      expect(results.length).toBeGreaterThan(0);
      expect(
        results.flatMap((result) => result.failures.map((failure) => ({ ...failure, name: result.case.name }))),
      ).toEqual([]);
    },
  );

  it("names only signals in its tables that it shows", () => {
    const table = /^## Every signal that is asked for$[^]*?^```/m.exec(markdown)?.[0] ?? "";
    const mentioned = [...table.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(mentioned.length).toBeGreaterThan(20);
    expect(mentioned.filter((name) => !Object.hasOwn(signals, name ?? ""))).toEqual([]);
  });

  it("links to headings and files that there are", () => {
    const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
    const links = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    const anchors = links.filter((target) => target.startsWith("#"));
    expect(anchors.length).toBeGreaterThan(20);
    expect(anchors.filter((anchor) => !headings.includes(anchor))).toEqual([]);
    for (const target of links.filter((link) => !link.startsWith("#"))) {
      expect(() => readFileSync(new URL(target, DOCUMENT))).not.toThrow();
    }
  });
});

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return `#${heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-")}`;
}
