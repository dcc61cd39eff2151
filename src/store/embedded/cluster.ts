import { randomBytes } from "node:crypto";
import { chown, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClusterHome } from "./cluster-home.ts";
import { createFolderOnce } from "./create-folder-once.ts";
import { ClusterUnreachable, OtherMajorVersion } from "./embedded-postgres-errors.ts";
import { runProgram } from "./run-program.ts";
import type { ServerUser } from "./server-user.ts";

/** The one superuser of an embedded cluster, which is also how we connect. */
export const SUPERUSER = "customer_health";

const INITDB_TIMEOUT_MS = 180_000;

/** A Postgres cluster on disk, with the programs that run it. */
export type Cluster = {
  folder: string;
  dataFolder: string;
  programFolder: string;
  password: string;
  user: ServerUser | undefined;
};

/**
 * Opens the cluster of a home, making it by initdb on the first start.
 * @throws OtherMajorVersion, ClusterUnreachable, EmbeddedPostgresFailed, NoPostgresForPlatform
 */
export async function openCluster(home: ClusterHome, runtimeFolder: string, major: string): Promise<Cluster> {
  const { user } = home;
  const folder = join(home.folder, "cluster");
  const dataFolder = join(folder, "data");
  const programFolder = join(runtimeFolder, "bin");
  await createFolderOnce(folder, (draft) => createCluster(draft, programFolder, user));
  try {
    const found = (await readFile(join(dataFolder, "PG_VERSION"), "utf8")).trim();
    if (found !== major) throw new OtherMajorVersion(dataFolder, found, major);
    const password = await readFile(join(folder, "password"), "utf8");
    return { folder, dataFolder, programFolder, password, user };
  } catch (error) {
    if (error instanceof OtherMajorVersion) throw error;
    throw new ClusterUnreachable(folder, "run as the user that owns it, or as root", error);
  }
}

async function createCluster(folder: string, programFolder: string, user: ServerUser | undefined): Promise<void> {
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
  if (user) {
    await chown(passwordFile, user.uid, user.gid);
    await chown(folder, user.uid, user.gid);
  }
  const args = ["--pgdata", join(folder, "data"), "--username", SUPERUSER, "--pwfile", passwordFile];
  args.push("--auth", "scram-sha-256", "--encoding", "UTF8", "--data-checksums", "--no-instructions");
  // Sorts by code point as the locale C does, and knows upper and lower case beyond ASCII, on every platform alike.
  args.push("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8");
  const options = { user, folder, timeoutMs: INITDB_TIMEOUT_MS };
  await runProgram("initdb", join(programFolder, "initdb"), args, options);
}
