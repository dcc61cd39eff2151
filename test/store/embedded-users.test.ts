import { chmod, chown, mkdtemp, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { ClusterUnreachable } from "../../src/store/embedded/embedded-postgres-errors.ts";
import { canEnter, findNobody, isRoot } from "../../src/store/embedded/server-user.ts";
import type { ServerUser } from "../../src/store/embedded/server-user.ts";
import { startEmbeddedPostgres } from "../../src/store/embedded/start-embedded-postgres.ts";
import { createRecordingLog } from "../recording-log.ts";
import { createDataFolder } from "./data-folder.ts";
import { startServiceProcess } from "./start-service-process.ts";

// A first start copies and initialises a cluster, which takes seconds on a busy machine.
const TIMEOUT_MS = 60_000;
jest.setTimeout(TIMEOUT_MS);

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
// `daemon`, which every system has: initdb refuses a user without a name.
const PLAIN_USER: ServerUser = { uid: 1, gid: 1 };
const ROOT: ServerUser = { uid: 0, gid: 0 };

const whenRoot = isRoot() && process.platform === "linux" ? it : it.skip;
const whenRootAndOpen = isRoot() && (await canEnter(PLAIN_USER, PROJECT)) ? it : it.skip;

async function ownerOf(path: string): Promise<ServerUser> {
  const { uid, gid } = await stat(path);
  return { uid, gid };
}

describe("the user of the embedded Postgres", () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "customer-health-users-"));
    await chmod(parent, 0o755);
  });
  afterEach(() => rm(parent, { recursive: true }));

  whenRoot("is an unprivileged one without other groups (skipped unless root)", async () => {
    const folder = await createDataFolder(parent);
    const server = await folder.start();
    try {
      const status = await readFile(`/proc/${await folder.pid()}/status`, "utf8");
      const { uid, gid } = await findNobody();
      expect(status).toContain(`Uid:\t${uid}\t${uid}\t${uid}\t${uid}\nGid:\t${gid}\t${gid}\t${gid}\t${gid}\n`);
      expect(status).toMatch(/^Groups:\s*$/m);
      expect(await ownerOf(folder.path)).toEqual(ROOT);

      await server.stop();
      await chmod(parent, 0o700);
      await expect(folder.start()).rejects.toThrow(ClusterUnreachable);
      await chmod(parent, 0o755);
    } finally {
      await folder.remove();
    }
  });

  whenRoot("gets a place elsewhere when it may not enter the data folder (skipped unless root)", async () => {
    await chmod(parent, 0o700);
    const folder = await createDataFolder(parent);
    const server = await folder.start();
    const place = await realpath(join(folder.path, "postgres"));
    try {
      expect(place).toMatch(/^\/var\/lib\/customer-health-for-hubspot\//);
      expect(folder.log.lines).toContainEqual(
        expect.objectContaining({ level: "info", fields: { dataDir: folder.path, place } }),
      );
      expect((await stat(parent)).mode & 0o777).toBe(0o700);

      await server.stop();
      const renamed = `${folder.path}-renamed`;
      await rename(folder.path, renamed);
      const again = await startEmbeddedPostgres({ dataDir: renamed, log: createRecordingLog() });
      expect(again.connection.password).toBe(server.connection.password);
      await again.stop();
    } finally {
      await rm(place, { recursive: true });
    }
  });

  whenRootAndOpen("is the plain user who starts it, also when root starts it later (skipped unless root)", async () => {
    const folder = await createDataFolder(parent);
    await chown(folder.path, PLAIN_USER.uid, PLAIN_USER.gid);
    try {
      const service = await startServiceProcess(folder.path, PLAIN_USER);
      expect(await ownerOf(`/proc/${await folder.pid()}`)).toEqual(PLAIN_USER);
      expect(await service.stop()).toBe(0);

      const server = await folder.start();
      expect(await ownerOf(`/proc/${await folder.pid()}`)).toEqual(PLAIN_USER);
      await server.stop();

      expect(await (await startServiceProcess(folder.path, PLAIN_USER)).stop()).toBe(0);
    } finally {
      await folder.remove();
    }
  });
});
