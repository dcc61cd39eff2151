import { parse } from "dotenv";
import { existsSync, readFileSync } from "node:fs";

/**
 * The process's environment, with what `.env` in the working folder says where the environment says nothing. The file
 * may be absent; one that cannot be read throws. `process.env` stays as it is, so that what is started from here
 * (Postgres) does not inherit the secrets of the file.
 */
export function loadDotenv(file = ".env"): Record<string, string | undefined> {
  const fromFile = existsSync(file) ? parse(readFileSync(file)) : {};
  return { ...fromFile, ...process.env };
}
