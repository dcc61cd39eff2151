import { describe, expect, it } from "@jest/globals";
import { fuzzRules } from "./fuzz-rules.ts";
import { shippedFiles } from "./shipped-files.ts";

/** Five thousand files take twenty seconds where nothing else runs. */
const TIMEOUT_MS = 240_000;

describe("whatever a rule file holds", () => {
  const end = "it ends in a ruleset that scores, or in problems with a place in the file, and in nothing else";
  const judge = () => {
    const { byKind, wrong } = fuzzRules(shippedFiles(), 5_000, 20_261_003);
    expect(wrong.map(({ kind, why, bytes }) => ({ kind, why, text: Buffer.from(bytes).toString("utf8") }))).toEqual([]);
    expect(byKind.mutated.tried + byKind.random.tried + byKind.hostile.tried).toBe(5_000);
    // Both ends are reached, or this would prove little.
    expect(byKind.mutated.accepted).toBeGreaterThan(150);
    expect(byKind.mutated.refused).toBeGreaterThan(500);
    expect(byKind.random.accepted).toBeGreaterThan(300);
    expect(byKind.random.refused).toBeGreaterThan(300);
    expect(byKind.hostile.refused).toBeGreaterThan(300);
  };
  it(end, judge, TIMEOUT_MS);
});
