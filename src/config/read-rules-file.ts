import { open } from "node:fs/promises";
import { MOST_BYTES } from "./rules/check-size.ts";
import { decodeRules } from "./rules/decode-rules.ts";
import { readRules, type ParseOptions, type ReadRules } from "./rules/parse-rules.ts";

/** A rule file that cannot be read at all. */
export class RulesFileUnreadable extends Error {
  readonly file: string;

  /** `isSetting`: the file was named by the environment, and not by hand. */
  constructor(file: string, cause: unknown, isSetting: boolean) {
    const why = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "unknown error";
    super(`${file}: cannot be read (${why})${isSetting ? "; set RULES_FILE to the rule file" : ""}`, { cause });
    this.name = "RulesFileUnreadable";
    this.file = file;
  }
}

/** A rule file's text, and what it means. */
export type RulesFile = { text: string } & ReadRules;

/**
 * Reads and checks a rule file; `from` tells what named it. Throws `RulesFileUnreadable`, or `RuleProblems` with
 * everything that is wrong in it.
 */
export async function readRulesFile(
  file: string,
  from: "setting" | "argument" = "setting",
  options?: ParseOptions,
): Promise<RulesFile> {
  const text = await readRulesText(file, from);
  return { text, ...readRules(text, file, options) };
}

/** The text of a rule file, whatever it means. Throws as `readRulesFile` does, for a file that holds no text. */
export async function readRulesText(file: string, from: "setting" | "argument" = "setting"): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readStart(file);
  } catch (error) {
    throw new RulesFileUnreadable(file, error, from === "setting");
  }
  return decodeRules(bytes, file);
}

/** The file's bytes; of one that is too great, one byte more than is allowed. */
async function readStart(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(65_536), 0, 65_536, null);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
      if (length > MOST_BYTES) break;
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}
