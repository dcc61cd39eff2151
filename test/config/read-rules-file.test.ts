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
    await expect(readRulesFile(file)).resolves.toMatchObject({ name: "Small" });
  });

  it("refuses one with problems, each line with the file and the place", async () => {
    const file = join(folder, "bad.yaml");
    await writeFile(file, smallFile.replace("language: en", "language: no"));
    const refusal = readRulesFile(file);
    await expect(refusal).rejects.toBeInstanceOf(RuleProblems);
    await expect(refusal).rejects.toMatchObject({
      file,
      problems: [{ line: 2, column: 11 }],
      message: `${file}:2:11: language: expected one of nb, da, en, found "no"`,
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
});
