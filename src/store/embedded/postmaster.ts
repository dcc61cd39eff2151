import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ServerAddress } from "./server-address.ts";

const execute = promisify(execFile);

/** What postmaster.pid says of a server, running or dead; without an address while it is still starting. */
export type Postmaster = { pid: number; address: ServerAddress | undefined };

/**
 * Reads `<dataFolder>/postmaster.pid`; undefined when there is none. Its lines are: pid, data folder, start, port,
 * socket folder, listen address, shared memory, status.
 * https://doxygen.postgresql.org/pidfile_8h_source.html
 */
export async function readPostmaster(dataFolder: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(dataFolder, "postmaster.pid"), "utf8").catch(() => "");
  const [pid, , , port, socketFolder, listenAddress, , status] = text.split(/\r?\n/);
  if (!pid) return undefined;
  const host = socketFolder === "" ? listenAddress : socketFolder;
  const address = status && host ? { host, port: Number(port) } : undefined;
  return { pid: Number(pid), address };
}

/**
 * Whether `pid` is the server of `dataFolder`, told by its command line: a bare pid may by now belong to another
 * process, or to a zombie that nobody waited for.
 */
export async function isPostmaster(pid: number, dataFolder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === "win32") return true;
  return (await readCommandLine(pid)).includes(dataFolder);
}

/** Whether some process has this pid. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function readCommandLine(pid: number): Promise<string> {
  if (process.platform === "linux") return readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  const { stdout } = await execute("ps", ["-p", String(pid), "-o", "command="]).catch(() => ({ stdout: "" }));
  return stdout;
}
