import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "../eventually.ts";

const SOURCES = fileURLToPath(new URL("../../src/", import.meta.url));

/** Longer than any test: a program that ought to have ended must not keep the tests from ending. */
const LONGEST_LIFE_MS = 60_000;

export type Environment = Readonly<Record<string, string>>;
export type Ended = { code: number | null; stdout: string; stderr: string };

/** One of this product's programs as a process of its own. */
export type Program = {
  /** Resolves when this text has been written to stdout. */
  said: (text: string) => Promise<void>;
  signal: (signal: "SIGTERM" | "SIGKILL") => void;
  ended: Promise<Ended>;
};

/** Starts `src/<file>`. It sees these variables and no others, and works in an empty folder, where no `.env` is. */
export async function startProgram(file: string, args: readonly string[], environment: Environment): Promise<Program> {
  const cwd = await mkdtemp(join(tmpdir(), "customer-health-e2e-"));
  const child = spawn(process.execPath, [join(SOURCES, file), ...args], {
    cwd,
    // Node's own place for it: most of a short program's time is the reading of its sources.
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST_LIFE_MS,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  // Of `exit`, what is still in the pipes would be lost.
  const ended = once(child, "close").then(async (): Promise<Ended> => {
    await rm(cwd, { recursive: true, force: true });
    return { code: child.exitCode, stdout, stderr };
  });
  return {
    said: (text) =>
      eventually(() => {
        if (stdout.includes(text)) return;
        throw new Error(`${file} has not said "${text}" but:\n${stdout}${stderr}`);
      }),
    signal: (signal) => void child.kill(signal),
    ended,
  };
}

/** Runs `src/<file>` to its end. */
export async function runProgram(file: string, args: readonly string[], environment: Environment): Promise<Ended> {
  const program = await startProgram(file, args, environment);
  return program.ended;
}
