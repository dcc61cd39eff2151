import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ProjectFile } from "./project-files.ts";

/** The folder has other files where the project's would be written. */
export class ProjectDiffers extends Error {
  readonly files: readonly string[];

  constructor(files: readonly string[]) {
    super(`not written, because these differ: ${files.join(", ")}; give --force to write over them`);
    this.name = "ProjectDiffers";
    this.files = files;
  }
}

/**
 * Writes a project's files into a folder and gives the paths of those that were not there as they are. Throws
 * `ProjectDiffers` where one is there with another text, before anything is written, unless `force` is set.
 */
export async function writeProject(
  folder: string,
  files: readonly ProjectFile[],
  { force }: { force: boolean },
): Promise<string[]> {
  const standing = await Promise.all(
    files.map(async (file) => ({
      ...file,
      path: join(folder, file.path),
      found: await readIfThere(join(folder, file.path)),
    })),
  );
  const differing = standing.filter(({ text, found }) => found !== null && found !== text);
  if (differing.length > 0 && !force) throw new ProjectDiffers(differing.map(({ path }) => path));
  const fresh = standing.filter(({ text, found }) => found !== text);
  for (const { path, text } of fresh) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return fresh.map(({ path }) => path);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
