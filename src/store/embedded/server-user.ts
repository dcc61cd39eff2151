import { readFile, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The user that Postgres runs as when this process is root, which Postgres refuses to be. */
export type ServerUser = { uid: number; gid: number };

const NOBODY: ServerUser = { uid: 65_534, gid: 65_534 };

/** True when this process may, and must, run Postgres as another user. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The unprivileged user of new clusters: `nobody` of this machine. */
export async function findNobody(): Promise<ServerUser> {
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(users) ?? [];
  return uid === undefined || gid === undefined ? NOBODY : { uid: Number(uid), gid: Number(gid) };
}

/** Whether `user` may enter `folder` and everything above it, by the mode bits (an access list may allow more). */
export async function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  for (let path = await realpath(folder); ; path = dirname(path)) {
    const { uid, gid, mode } = await stat(path);
    const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & needed) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
