import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { EmbeddedPostgresFailed, NoPostgresForPlatform } from "./embedded-postgres-errors.ts";
import type { ServerUser } from "./server-user.ts";

const execute = promisify(execFile);

const Spoken = z.object({ stderr: z.string().min(1) });

/**
 * How a Postgres program is started: as `user` (Node then drops the supplementary groups too), in a folder that it may
 * enter, and without our environment, which holds secrets that the unprivileged user could read in /proc.
 */
export function programOptions(user: ServerUser | undefined, folder: string) {
  return { ...user, cwd: folder, env: { LC_ALL: "C" }, windowsHide: true };
}

/**
 * Runs a Postgres program to its end, within `timeoutMs`.
 * @throws NoPostgresForPlatform when the machine cannot load it, EmbeddedPostgresFailed when it fails
 */
export async function runProgram(
  step: string,
  file: string,
  args: string[],
  { user, folder, timeoutMs }: { user: ServerUser | undefined; folder: string; timeoutMs: number },
): Promise<void> {
  try {
    await execute(file, args, { ...programOptions(user, folder), timeout: timeoutMs });
  } catch (error) {
    if (isMissingLoader(error)) throw new NoPostgresForPlatform(`${process.platform}-${process.arch}`, error);
    throw new EmbeddedPostgresFailed(step, outputOf(error), error);
  }
}

// The file is there: what ENOENT misses is the program loader of glibc, which a musl system lacks.
function isMissingLoader(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function outputOf(error: unknown): string {
  const { data } = Spoken.safeParse(error);
  return data ? data.stderr : String(error);
}
