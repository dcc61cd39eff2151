import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readRulesFile, RulesFileUnreadable } from "../../src/config/read-rules-file.ts";
import { RuleProblems } from "../../src/config/rules/rule-problems.ts";
import { smallFile } from "./rules/small-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rules-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("reading a rule file", () => {
  it("gives its ruleset", async () => {
    const file = join(folder, "small.yaml");
    await writeFile(file, smallFile);
    await expect(readRulesFile(file)).resolves.toMatchObject({ text: smallFile, ruleset: { name: "Small" } });
  });

  it("refuses one with problems, each line with the file and the place", async () => {
    const file = join(folder, "bad.yaml");
    await writeFile(file, smallFile.replace("language: en", "language: no"));
    const refusal = readRulesFile(file);
    await expect(refusal).rejects.toBeInstanceOf(RuleProblems);
    await expect(refusal).rejects.toMatchObject({
      file,
      problems: [{ line: 2, column: 11 }],
      message: `${file}:2:11: language: expected one of nb, da, en, found "no"; write nb\n  language: no\n            ^`,
    });
  });

  it.each([
    ["a file that is not there", "none.yaml", "ENOENT"],
    ["a folder", ".", "EISDIR"],
  ])("refuses %s, naming the setting", async (_, name, code) => {
    const file = join(folder, name);
    const refusal = readRulesFile(file);
    await expect(refusal).rejects.toBeInstanceOf(RulesFileUnreadable);
    await expect(refusal).rejects.toMatchObject({
      file,
      message: `${file}: cannot be read (${code}); set RULES_FILE to the rule file`,
    });
    await expect(refusal).rejects.toHaveProperty("cause.code", code);
  });

  it("does not name the setting where the file was named by hand", async () => {
    const file = join(folder, "none.yaml");
    await expect(readRulesFile(file, "argument")).rejects.toThrow(`${file}: cannot be read (ENOENT)`);
    await expect(readRulesFile(file, "argument")).rejects.not.toThrow(/RULES_FILE/);
  });

  it.each([
    ["UTF-16", Buffer.from(`\uFEFF${smallFile}`, "utf16le"), "1:1: the file is in UTF-16"],
    ["UTF-16 without its mark", Buffer.from(smallFile, "utf16le"), "1:2: a NUL byte"],
    ["Latin-1", Buffer.from(smallFile.replace("name: Small", "name: Små"), "latin1"), "1:9: a byte that is no UTF-8"],
    ["a later NUL", Buffer.from(smallFile.replace("name: Call", "name: C\0ll")), "22:12: a NUL byte"],
    ["more than a megabyte", Buffer.alloc(1_000_001, "a"), "1:1: expected at most 1000000 bytes"],
  ])("refuses %s with its place", async (_, bytes, expected) => {
    const file = join(folder, "bytes.yaml");
    await writeFile(file, bytes);
    await expect(readRulesFile(file)).rejects.toBeInstanceOf(RuleProblems);
    await expect(readRulesFile(file)).rejects.toThrow(`${file}:${expected}`);
  });

  it("reads one with a byte order mark", async () => {
    const file = join(folder, "mark.yaml");
    await writeFile(file, `\uFEFF${smallFile}`);
    await expect(readRulesFile(file)).resolves.toMatchObject({ ruleset: { name: "Small" } });
  });
});
