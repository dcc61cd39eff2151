import { readFile } from "node:fs/promises";
import type { Ruleset } from "../scoring/ruleset.ts";
import { parseRules } from "./rules/parse-rules.ts";

/** A rule file that cannot be read at all. */
export class RulesFileUnreadable extends Error {
  readonly file: string;

  constructor(file: string, cause: unknown) {
    const why = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "unknown error";
    super(`${file}: cannot be read (${why}); set RULES_FILE to the rule file`, { cause });
    this.name = "RulesFileUnreadable";
    this.file = file;
  }
}

/** Reads and checks a rule file. Throws `RulesFileUnreadable`, or `RuleProblems` with everything that is wrong in it. */
export async function readRulesFile(file: string): Promise<Ruleset> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new RulesFileUnreadable(file, error);
  }
  return parseRules(text, file);
}
