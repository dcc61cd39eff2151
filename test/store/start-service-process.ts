import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("./service-process.ts", import.meta.url));

/** A service in another process. */
export type ServiceProcess = {
  /** Ends it at once, as a crash would. */
  kill: () => Promise<void>;
  /** Interrupts it and all processes of its terminal, as Ctrl-C does, which ends it. */
  interrupt: () => Promise<void>;
  /** Lets it end by itself. Gives its exit code. */
  stop: () => Promise<number | null>;
};

/** Starts a service on a data folder in another process, as another user where given, and waits until it is ready;
 * `sql` is run then. */
export async function startServiceProcess(
  dataDir: string,
  { env, sql, ...user }: { uid?: number; gid?: number; env?: Record<string, string>; sql?: string } = {},
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [PROGRAM, dataDir, ...(sql === undefined ? [] : [sql])], {
    ...user,
    env: { ...process.env, ...env },
    cwd: "/",
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let errors = "";
  child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
  const isReady = await Promise.race([once(child.stdout, "data").then(() => true), exited.then(() => false)]);
  if (!isReady) throw new Error(`The service did not start: ${errors}`);
  return {
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    interrupt: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
      await exited;
    },
    stop: async () => {
      child.stdin.end();
      await exited;
      return child.exitCode;
    },
  };
}
