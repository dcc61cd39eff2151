import type { Log, LogFields } from "../src/pipeline/log.ts";

export type LogLine = { level: "debug" | "info" | "warn" | "error"; message: string; fields: LogFields };

/** A log that keeps its lines, with the fields of the children they were written through. */
export function createRecordingLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const child = (inherited: LogFields): Log => {
    const write = (level: LogLine["level"]) => (fields: LogFields, message: string) => {
      lines.push({ level, message, fields: { ...inherited, ...fields } });
    };
    return {
      debug: write("debug"),
      info: write("info"),
      warn: write("warn"),
      error: write("error"),
      child: (fields) => child({ ...inherited, ...fields }),
    };
  };
  return { ...child({}), lines };
}
