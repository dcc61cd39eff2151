import { describe, expect, it } from "@jest/globals";
import { excerptOf } from "../../../src/config/rules/excerpt.ts";

describe("a line with a caret", () => {
  it.each([
    ["language: no", 11, "  language: no\n            ^"],
    ["\ta: b", 5, "   a: b\n      ^"],
    ["a\u001b[31mb\0\u202e", 1, "  a·[31mb··\n  ^"],
    ["", 1, "  \n  ^"],
    ["ab", 9, "  ab\n    ^"],
  ])("%j at %d", (line, column, shown) => {
    expect(excerptOf(line, column)).toBe(shown);
  });

  it("of a long line shows the part around the column", () => {
    const [line = "", caret = ""] = excerptOf(`${"a".repeat(500)}!${"b".repeat(500)}`, 501).split("\n");
    expect(line.length).toBeLessThan(110);
    expect(line[caret.length - 1]).toBe("!");
    expect(line).toMatch(/^ {2}…a+!b+…$/);
  });
});
