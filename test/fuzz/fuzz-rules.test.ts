import { describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FuzzResult, Kind } from "./fuzz-rules.ts";

/** Two thousand files take four seconds where nothing else runs. */
const TIMEOUT_MS = 240_000;
const PER_THREAD = 1_000;
const SEEDS = [20_261_003, 20_261_004];

/** Jest looks up every global of a suite in a sandbox: outside of it the same files are read in half the time. */
async function fuzzInThread(seed: number): Promise<FuzzResult> {
  const thread = new Worker(new URL("fuzz-thread.ts", import.meta.url), { workerData: { count: PER_THREAD, seed } });
  const [result] = (await once(thread, "message")) as [FuzzResult];
  return result;
}

describe("whatever a rule file holds", () => {
  const end = "it ends in a ruleset that scores, or in problems with a place in the file, and in nothing else";
  const judge = async () => {
    const results = await Promise.all(SEEDS.map(fuzzInThread));
    const wrong = results.flatMap((result) => result.wrong);
    const count = (kind: Kind, what: "tried" | "accepted" | "refused") =>
      results.reduce((sum, { byKind }) => sum + byKind[kind][what], 0);

    expect(wrong.map(({ kind, why, bytes }) => ({ kind, why, text: Buffer.from(bytes).toString("utf8") }))).toEqual([]);
    expect([count("mutated", "tried"), count("random", "tried"), count("hostile", "tried")]).toEqual([600, 1_000, 400]);
    // Both ends are reached, or this would prove little.
    expect(count("mutated", "accepted")).toBeGreaterThan(60);
    expect(count("mutated", "refused")).toBeGreaterThan(200);
    expect(count("random", "accepted")).toBeGreaterThan(120);
    expect(count("random", "refused")).toBeGreaterThan(120);
    expect(count("hostile", "refused")).toBeGreaterThan(120);
  };
  it(end, judge, TIMEOUT_MS);
});
