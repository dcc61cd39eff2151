import type { Log } from "../pipeline/log.ts";
import type { RulesFile } from "./read-rules-file.ts";

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
  first: RulesFile,
  options: {
    read: () => Promise<RulesFile>;
    onChange: (file: RulesFile) => Promise<void>;
    everyMs: number;
    log: Log;
  },
): RulesWatch {
  const { read, onChange, everyMs, log } = options;
  let known = first.text;
  let problem: string | null = null;

  async function look(): Promise<void> {
    let file: RulesFile;
    try {
      file = await read();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== problem) log.error({ error }, "the rule file cannot be used; the last good one stays in force");
      problem = message;
      return;
    }
    if (problem !== null) log.info({}, "the rule file can be used again");
    problem = null;
    if (file.text === known) return;
    try {
      await onChange(file);
      known = file.text;
    } catch (error) {
      log.warn({ error }, "the changed rule file is looked at again");
    }
  }

  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return { look, isUsable: () => problem === null, stop: () => clearInterval(timer) };
}
