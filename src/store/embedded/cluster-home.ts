import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, realpath, stat, symlink } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Log } from "../../pipeline/log.ts";
import { ClusterUnreachable } from "./embedded-postgres-errors.ts";
import { canEnter, findNobody, isRoot } from "./server-user.ts";
import type { ServerUser } from "./server-user.ts";

const SHARED_ROOT = "/var/lib/customer-health-for-hubspot";

/** The folder that holds the Postgres programs and the cluster; `user` is set when Postgres must run as another. */
export type ClusterHome = { folder: string; user: ServerUser | undefined };

/**
 * Opens `<dataDir>/postgres`, making it on the first start. As root, where the unprivileged user cannot enter the data
 * folder, it becomes a link to a folder under /var/lib: a link, so that the data folder may be renamed and still finds
 * its cluster.
 * @throws ClusterUnreachable when a cluster exists where its owner cannot enter
 */
export async function openClusterHome(dataDir: string, log: Log): Promise<ClusterHome> {
  const path = resolve(dataDir, "postgres");
  await mkdir(resolve(dataDir), { recursive: true });
  if (!isRoot()) {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return { folder: await realpath(path), user: undefined };
  }

  const user = (await ownerOf(join(path, "cluster"))) ?? (await findNobody());
  if (!(await exists(path))) await placeHome(path, user, log);
  const folder = await realpath(path);
  if (!(await canEnter(user, folder))) {
    const reason = `user ${user.uid}, who owns the database, may not enter it or a folder above it`;
    throw new ClusterUnreachable(folder, reason);
  }
  return { folder, user };
}

async function placeHome(path: string, user: ServerUser, log: Log): Promise<void> {
  const dataDir = resolve(path, "..");
  if (await canEnter(user, dataDir)) {
    await makeOpenFolder(path);
    return;
  }
  const hash = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  const place = join(SHARED_ROOT, `${basename(dataDir)}-${hash}`);
  await makeOpenFolder(SHARED_ROOT);
  await makeOpenFolder(place);
  await symlink(place, path);
  log.info({ dataDir, place }, "the database lies in another place, because its user may not enter the data folder");
}

// The unprivileged user passes through these folders, whatever the umask; what they hold has its own modes.
async function makeOpenFolder(folder: string): Promise<void> {
  if (await exists(folder)) return;
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
}

async function ownerOf(path: string): Promise<ServerUser | undefined> {
  const owner = await stat(path).catch(() => undefined);
  return owner === undefined || owner.uid === 0 ? undefined : { uid: owner.uid, gid: owner.gid };
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
