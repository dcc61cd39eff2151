import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { Writable } from "node:stream";

/** Writes a file wholly or not at all: beside it first, then in its place. */
export async function writeWhole(file: string, write: (destination: Writable) => Promise<void>): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await write(createWriteStream(beside, { flags: "wx" }));
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
