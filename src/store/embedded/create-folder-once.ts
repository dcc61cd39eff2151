import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";

/** What the name of an unfinished folder holds; one that is left behind may be removed. */
const DRAFT_MARK = ".draft-";

/**
 * Makes the folder `target` by `build`, unless it exists. It appears whole or not at all: `build` fills a draft beside
 * it, which is then renamed. Of several processes that try at once one wins, and the others use its folder.
 */
export async function createFolderOnce(target: string, build: (draft: string) => Promise<void>): Promise<void> {
  if (existsSync(target)) return;
  const draft = await mkdtemp(target + DRAFT_MARK);
  try {
    await build(draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
