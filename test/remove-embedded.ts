import { realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { isPostmaster, readPostmaster } from "../src/store/embedded/postmaster.ts";
import { eventually } from "./eventually.ts";

/** Ends the embedded server of a data folder at once, if it runs, and removes all that it has, in whatever state it is. */
export async function removeEmbedded(dataDir: string): Promise<void> {
  const home = await realpath(join(dataDir, "postgres")).catch(() => dataDir);
  const dataFolder = join(home, "cluster", "data");
  const server = await readPostmaster(dataFolder);
  if (server && (await isPostmaster(server.pid, dataFolder))) {
    process.kill(server.pid, "SIGQUIT");
    await eventually(async () => {
      if (await isPostmaster(server.pid, dataFolder)) throw new Error(`Server ${server.pid} goes on running.`);
    });
  }
  if (server?.address && process.platform !== "win32") await rm(server.address.host, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
