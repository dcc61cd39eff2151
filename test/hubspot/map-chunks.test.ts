import { describe, expect, it } from "@jest/globals";
import { mapChunks } from "../../src/hubspot/map-chunks.ts";
import { settle } from "./hand-clock.ts";
import { rejectionOf } from "./test-hubspot.ts";

const items = Array.from({ length: 10 }, (_, index) => index);

describe("mapChunks", () => {
  it("gives the answers in the order of the items, whichever comes first", async () => {
    const answerLate: (() => void)[] = [];
    const all = mapChunks(items, 3, async (chunk) => {
      if (chunk[0] === 0) await new Promise<void>((resolve) => answerLate.push(resolve));
      return chunk;
    });
    await settle();
    answerLate[0]?.();

    await expect(all).resolves.toEqual([[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]]);
  });

  it("works on a few chunks at a time, and begins none after a failure", async () => {
    const begun: number[][] = [];
    const endings: (() => void)[] = [];
    const all = mapChunks(items, 1, async (chunk) => {
      begun.push(chunk);
      await new Promise<void>((resolve) => endings.push(resolve));
      if (chunk[0] === 1) throw new Error("lost");
    });
    const failure = rejectionOf(all);
    await settle();
    expect(begun).toHaveLength(4);

    endings[1]?.();
    await expect(failure).resolves.toMatchObject({ message: "lost" });
    for (const end of endings) end();
    await settle();

    expect(begun).toHaveLength(4);
  });

  it("does nothing with nothing", async () => {
    await expect(mapChunks([], 100, () => Promise.reject(new Error("asked")))).resolves.toEqual([]);
  });
});
