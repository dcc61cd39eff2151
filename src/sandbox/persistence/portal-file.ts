import { readFile, rename, writeFile } from "node:fs/promises";

import { z } from "zod";

import { SavedPortal } from "./saved-portal.ts";

const NotThere = z.object({ code: z.literal("ENOENT") });

/** A saved portal that cannot be opened: not JSON, or not of this version. */
export class PortalFileError extends Error {
  readonly file: string;

  constructor(file: string, reason: string, cause: unknown) {
    super(`${file} is no saved portal: ${reason}. Move it away to start a new one.`, { cause });
    this.name = "PortalFileError";
    this.file = file;
  }
}

/** The saved portal, or null where there is no file. */
export async function loadPortal(file: string): Promise<SavedPortal | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (NotThere.safeParse(error).success) return null;
    throw error;
  }
  const parsed = SavedPortal.safeParse(parseJson(file, text));
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new PortalFileError(file, `${first?.path.join(".") ?? ""}: ${first?.message ?? ""}`, parsed.error);
}

/** Writes beside the file and renames, so that a crash leaves the old portal or the new one, never half of one. */
export async function savePortal(file: string, saved: SavedPortal): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  await writeFile(beside, JSON.stringify(saved));
  await rename(beside, file);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PortalFileError(file, "it is not JSON", error);
  }
}
