import { hostileFile } from "./hostile-file.ts";
import { judgeFile } from "./judge-file.ts";
import { mutateFile } from "./mutate-file.ts";
import { createRandom, type Random } from "./random.ts";
import { randomFile } from "./random-file.ts";

export type Tally = { tried: number; accepted: number; refused: number };
export type FuzzResult = {
  byKind: Record<Kind, Tally>;
  wrong: { kind: Kind; why: string; bytes: Uint8Array }[];
  slowest: { ms: number; kind: Kind; bytes: Uint8Array };
};
export type Kind = "mutated" | "random" | "hostile";

/** The kinds in turn, ten at a time. */
const kinds: readonly Kind[] = [
  ...Array.from({ length: 3 }, () => "mutated" as const),
  ...Array.from({ length: 5 }, () => "random" as const),
  ...Array.from({ length: 2 }, () => "hostile" as const),
];
const MOST_WRONG = 10;

/** Reads `count` made-up rule files, three in ten of them single edits of the `shipped` ones. The same seed gives the same. */
export function fuzzRules(shipped: readonly string[], count: number, seed: number): FuzzResult {
  const random = createRandom(seed);
  const result: FuzzResult = {
    byKind: { mutated: newTally(), random: newTally(), hostile: newTally() },
    wrong: [],
    slowest: { ms: 0, kind: "mutated", bytes: new Uint8Array() },
  };
  for (let tried = 0; tried < count && result.wrong.length < MOST_WRONG; tried += 1) {
    const kind = kinds[tried % kinds.length] ?? "mutated";
    const bytes = makeFile(kind, shipped, random);
    const start = performance.now();
    const verdict = judgeFile(bytes);
    const ms = performance.now() - start;
    if (ms > result.slowest.ms) result.slowest = { ms, kind, bytes };
    const tally = result.byKind[kind];
    tally.tried += 1;
    if (verdict.outcome === "wrong") result.wrong.push({ kind, why: verdict.why, bytes });
    else tally[verdict.outcome] += 1;
  }
  return result;
}

function makeFile(kind: Kind, shipped: readonly string[], random: Random): Uint8Array {
  if (kind === "mutated") return Buffer.from(mutateFile(random.pick(shipped), random), "utf8");
  const text = randomFile(random);
  return kind === "random" ? Buffer.from(text, "utf8") : hostileFile(text, random);
}

function newTally(): Tally {
  return { tried: 0, accepted: 0, refused: 0 };
}
