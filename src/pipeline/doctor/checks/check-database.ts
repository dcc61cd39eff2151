import { failed, warning, skipped, ok, type Finding } from "../finding.ts";
import type { DatabaseState } from "../gathered.ts";

const CHECK = "database";
const MB = 1_000_000;
/** Postgres stops when it can write no more; a year of history of 10,000 customers takes some hundred MB. */
const LEAST_FREE_BYTES = 200 * MB;
const LITTLE_FREE_BYTES = 1_000 * MB;

export function checkDatabase(state: DatabaseState | null): Finding {
  if (state === null) return skipped(CHECK, "the environment cannot be used");
  if ("problem" in state) {
    const [first = "", ...details] = state.problem.split("\n");
    return failed(CHECK, first, { details, remedy: "start it, or give another DATABASE_URL or DATA_DIR" });
  }
  const { kind, version, pending, unknown, freeBytes } = state;
  const place = kind === "embedded" ? `Postgres ${version} of the data folder` : `Postgres ${version} of DATABASE_URL`;
  if (freeBytes !== null && freeBytes < LITTLE_FREE_BYTES) {
    const rest = { remedy: "make room on the disk of DATA_DIR" };
    const words = `${place} answers, but only ${Math.floor(freeBytes / MB)} MB are left beside it`;
    return freeBytes < LEAST_FREE_BYTES ? failed(CHECK, words, rest) : warning(CHECK, words, rest);
  }
  if (unknown.length > 0) {
    return warning(CHECK, `${place} was migrated by a later release (${unknown.join(", ")})`, {
      remedy: "run the release that the service runs",
    });
  }
  const space = freeBytes === null ? "" : `, ${(freeBytes / (1_000 * MB)).toFixed(0)} GB free`;
  const schema = pending.length === 0 ? "migrated" : `the next start makes ${pending.length} migrations`;
  return ok(CHECK, `${place} answers; ${schema}${space}`);
}
