import { pino } from "pino";
import type { Log } from "../pipeline/log.ts";
import type { LogLevel } from "./environment-variables.ts";

const STRUCK_OUT = "[secret]";

type LogOptions = {
  level: LogLevel;
  /** Struck out wherever they turn up in a line: in a field, a message, a stack, an address. */
  secrets?: readonly string[];
  /** Standard output where nothing is given. */
  destination?: { write(line: string): unknown };
};

/**
 * One JSON object a line, with the time in ISO 8601 and the level by name; an error in `fields.error` with its causes,
 * but without what Postgres tells of the row at fault.
 */
export function createLog({ level, secrets = [], destination = process.stdout }: LogOptions): Log {
  const strikeOut = createStrikeOut(secrets);
  return pino(
    {
      level,
      base: null,
      errorKey: "error",
      serializers: { error: (error: Error) => leaveOutRowData(pino.stdSerializers.err(error)) },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: ["authorization", "*.authorization", "*.*.authorization"], censor: STRUCK_OUT },
    },
    { write: (line: string) => destination.write(strikeOut(line)) },
  );
}

/** Postgres repeats the values of a row in these, as in "Failing row contains (7, kari@example.com)". */
const ROW_DATA = ["detail", "where"];
const serializedError: unknown = Object.getPrototypeOf(pino.stdSerializers.err(new Error()));

/** Goes through what pino has made of an error, and of the errors in it; anything else stays as it is. */
function leaveOutRowData(shown: unknown): unknown {
  if (Array.isArray(shown)) return shown.map(leaveOutRowData);
  if (typeof shown !== "object" || shown === null || Object.getPrototypeOf(shown) !== serializedError) return shown;
  const fields = Object.entries(shown).filter(([name]) => !ROW_DATA.includes(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, leaveOutRowData(value)]));
}

/** By value and over the finished line, because a secret gets into a log by ways that nobody listed. */
function createStrikeOut(secrets: readonly string[]): (line: string) => string {
  // As JSON shows it, with quotes and backslashes escaped; the longest first, as one may contain another.
  const shown = secrets.map((secret) => JSON.stringify(secret).slice(1, -1)).sort((a, b) => b.length - a.length);
  return (line) => shown.reduce((struck, secret) => struck.replaceAll(secret, STRUCK_OUT), line);
}
