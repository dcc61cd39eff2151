import type { Log } from "../pipeline/log.ts";
import { readRulesText, type RulesFile } from "./read-rules-file.ts";
import { readRules } from "./rules/parse-rules.ts";

export type RulesWatch = {
  /** Looks at the file now. */
  look(): Promise<void>;
  /** Whether the file could be used when it was last looked at. */
  isUsable(): boolean;
  stop(): void;
};

/**
 * Looks at the rule file again and again, and gives it to `onChange` when its text is another one. One that cannot be
 * used is told once, as an error, and changes nothing. By its text and not by the file system's notices: those are lost
 * on mounts and where a file is replaced.
 */
export function watchRulesFile(
  file: string,
  first: RulesFile,
  { onChange, everyMs, log }: { onChange: (file: RulesFile) => Promise<void>; everyMs: number; log: Log },
): RulesWatch {
  let given = first.text;
  /** What the last look has dealt with, good or bad; it is not read for its meaning again. */
  let seen: string | null = first.text;
  let problem: string | null = null;

  function tell(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== problem) log.error({ error }, "the rule file cannot be used; the last good one stays in force");
    problem = message;
  }

  async function look(): Promise<void> {
    let text: string;
    try {
      text = await readRulesText(file);
    } catch (error) {
      seen = null;
      tell(error);
      return;
    }
    if (text === seen) return;
    seen = text;
    let rules: RulesFile;
    try {
      rules = { text, ...readRules(text, file) };
    } catch (error) {
      tell(error);
      return;
    }
    if (problem !== null) log.info({}, "the rule file can be used again");
    problem = null;
    if (text === given) return;
    try {
      await onChange(rules);
      given = text;
    } catch (error) {
      seen = null;
      log.warn({ error }, "the changed rule file is looked at again");
    }
  }

  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return { look, isUsable: () => problem === null, stop: () => clearInterval(timer) };
}
