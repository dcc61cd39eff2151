import { once } from "node:events";
import { chown, lstat, mkdir, mkdtemp, rmdir } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { canEnter } from "./server-user.ts";
import type { ServerUser } from "./server-user.ts";

/** Where a server listens: `host` is the folder of its Unix socket, or 127.0.0.1 on Windows. */
export type ServerAddress = { host: string; port: number };

const FOLDER_PREFIX = "customer-health-";
const SOCKET_PORT = 5432;
// The smallest limit among our platforms (macOS); Linux has 107. https://man7.org/linux/man-pages/man7/unix.7.html
const MAX_SOCKET_PATH_BYTES = 103;

/**
 * Prepares an address for a server that is about to start. The `previous` one is kept where it can be, because pools
 * already connect to it.
 */
export async function prepareAddress(
  user: ServerUser | undefined,
  previous: ServerAddress | undefined,
): Promise<ServerAddress> {
  if (process.platform === "win32") return previous ?? { host: "127.0.0.1", port: await findFreePort() };
  if (previous && (await makePrivateFolder(previous.host, user))) return previous;
  const host = await mkdtemp(join(await chooseParent(user), FOLDER_PREFIX));
  if (user) await chown(host, user.uid, user.gid);
  return { host, port: SOCKET_PORT };
}

/** Removes the socket folder of a server that has stopped, if it is one of ours, and no new server uses it by now. */
export async function removeAddress({ host }: ServerAddress): Promise<void> {
  if (basename(host).startsWith(FOLDER_PREFIX)) await rmdir(host).catch(() => undefined);
}

async function chooseParent(user: ServerUser | undefined): Promise<string> {
  const parent = tmpdir();
  const longest = join(parent, `${FOLDER_PREFIX}XXXXXX`, `.s.PGSQL.${SOCKET_PORT}.lock`);
  const isShort = Buffer.byteLength(longest) <= MAX_SOCKET_PATH_BYTES;
  return isShort && (!user || (await canEnter(user, parent))) ? parent : "/tmp";
}

// Nobody else may own the folder: who does could put a socket of their own in it.
async function makePrivateFolder(folder: string, user: ServerUser | undefined): Promise<boolean> {
  if (!basename(folder).startsWith(FOLDER_PREFIX)) return false;
  try {
    await mkdir(folder, { mode: 0o700 });
    if (user) await chown(folder, user.uid, user.gid);
    return true;
  } catch {
    const found = await lstat(folder).catch(() => undefined);
    const owner = user?.uid ?? process.getuid?.();
    return found?.isDirectory() === true && found.uid === owner && (found.mode & 0o077) === 0;
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new TypeError("A TCP server has no port.");
  return address.port;
}
