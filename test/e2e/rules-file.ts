import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseRules } from "../../src/config/rules/parse-rules.ts";
import type { Ruleset } from "../../src/scoring/ruleset.ts";

/** The rule file that is delivered. */
export const RULES_FILE = fileURLToPath(new URL("../../config/health.yaml", import.meta.url));

/** The delivered rules, with somebody of the sandbox's portal for the fallback owner. */
export async function readTestRules(): Promise<Ruleset> {
  const text = await readFile(RULES_FILE, "utf8");
  return parseRules(text.replace(/(?<=fallback_owner: \{ email: )\S+/, "ingrid.solheim@kundeteam.example"), RULES_FILE);
}
