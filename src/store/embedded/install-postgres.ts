import { constants } from "node:fs";
import { chmod, copyFile, mkdir, open, readFile, readdir, symlink } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";
import { createFolderOnce } from "./create-folder-once.ts";
import type { PostgresPackage } from "./postgres-package.ts";

const LibraryLinks = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Copies the Postgres programs into `home`, once per version, and gives the folder of the copy. A copy, because the
 * package may lie where the database's user cannot read, lacks the library links that its install script would make,
 * and may be replaced by `npm ci` while the server runs.
 */
export async function installPostgres({ nativeFolder, version }: PostgresPackage, home: string): Promise<string> {
  const folder = join(home, `runtime-${version}`);
  await createFolderOnce(folder, async (draft) => {
    await chmod(draft, 0o755);
    await copyReadable(nativeFolder, draft);
    await linkLibraries(nativeFolder, draft);
  });
  return folder;
}

async function copyReadable(source: string, target: string): Promise<void> {
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    const from = join(entry.parentPath, entry.name);
    const to = join(target, relative(source, from));
    if (entry.isFile()) await copyDurably(from, to);
    if (!entry.isDirectory()) continue;
    await mkdir(to);
    await chmod(to, 0o755);
  }
}

// Without the flush a power cut soon after the first start could leave a copy that looks whole and holds empty files.
async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await chmod(to, 0o755);
  const file = await open(to, "r+");
  await file.sync().finally(() => file.close());
}

// Each link stands beside its library: { source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }.
async function linkLibraries(nativeFolder: string, target: string): Promise<void> {
  const listed = await readFile(join(nativeFolder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const link of LibraryLinks.parse(JSON.parse(listed))) {
    await symlink(basename(link.source), join(target, relative("native", dirname(link.target)), basename(link.target)));
  }
}
