import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { NoPostgresForPlatform } from "./embedded-postgres-errors.ts";

const { resolve: resolvePackage } = createRequire(import.meta.url);

const Manifest = z.object({ version: z.string() });

/** An installed `@embedded-postgres/*` package. `version` is like "18.4.0-beta.17", `major` like "18". */
export type PostgresPackage = { nativeFolder: string; version: string; major: string };

/**
 * Finds the package with the Postgres binaries of a platform among the optional dependencies.
 * @throws NoPostgresForPlatform when there is none
 */
export async function findPostgresPackage(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<PostgresPackage> {
  const name = `${platform === "win32" ? "windows" : platform}-${arch}`;
  let folder: string;
  try {
    folder = dirname(dirname(resolvePackage(`@embedded-postgres/${name}`)));
  } catch (error) {
    throw new NoPostgresForPlatform(name, error);
  }
  const { version } = Manifest.parse(JSON.parse(await readFile(join(folder, "package.json"), "utf8")));
  return { nativeFolder: join(folder, "native"), version, major: version.replace(/\..*$/s, "") };
}
