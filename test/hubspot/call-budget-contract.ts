import { beforeEach, describe, expect, it } from "@jest/globals";
import type { CallBudget } from "../../src/pipeline/call-budget-port.ts";

const NOON = new Date("2026-11-22T12:00:00Z");
const MIDNIGHT = new Date("2026-11-22T23:00:00Z");
const after = (ms: number) => new Date(NOON.getTime() + ms);

export type BudgetStage = {
  budget: CallBudget;
  /** Lets the windows' own clock go on. */
  advance: (ms: number) => Promise<void>;
};

/** What every budget of calls must do; each calls this with a way to make one that nothing was taken of. */
export function describeCallBudget(name: string, open: () => Promise<BudgetStage>): void {
  describe(name, () => {
    let budget: CallBudget;
    let advance: BudgetStage["advance"];

    beforeEach(async () => {
      ({ budget, advance } = await open());
    });

    const count = async (wanted: number, limit: number, keepFree = 0) =>
      (await budget.take("general", wanted, { limit, keepFree })).turns.length;

    it.each([
      { wanted: 2, limit: 5, keepFree: 0, given: 2 },
      { wanted: 9, limit: 5, keepFree: 0, given: 5 },
      { wanted: 9, limit: 5, keepFree: 2, given: 3 },
      { wanted: 9, limit: 5, keepFree: 5, given: 0 },
    ])(
      "gives $given of $wanted turns in a window of $limit with $keepFree kept",
      async ({ given, wanted, ...limits }) => {
        const { turns } = await budget.take("general", wanted, limits);
        expect(turns).toHaveLength(given);
        expect(new Set(turns).size).toBe(given);
      },
    );

    it("gives what was kept free to whoever keeps less of it", async () => {
      expect(await count(9, 5, 2)).toBe(3);
      expect(await count(9, 5, 2)).toBe(0);
      expect(await count(9, 5)).toBe(2);
      expect(await count(9, 5)).toBe(0);
    });

    it("has a turn free again ten seconds after it was given back, and tells when", async () => {
      const { turns } = await budget.take("general", 3, { limit: 3, keepFree: 0 });
      await budget.giveBack("general", turns);
      const { nextFreeInMs } = await budget.take("general", 1, { limit: 3, keepFree: 0 });
      expect(nextFreeInMs).toBeGreaterThan(9_900);
      expect(nextFreeInMs).toBeLessThan(10_200);
      await advance(9_000);
      expect(await count(9, 3)).toBe(0);
      await advance(nextFreeInMs - 9_000);
      expect(await count(9, 3)).toBe(3);
    });

    it("has a search's turn free after a second, and counts each window apart", async () => {
      const { turns } = await budget.take("search", 9, { limit: 2, keepFree: 0 });
      await budget.giveBack("search", turns);
      expect((await budget.take("association", 9, { limit: 4, keepFree: 0 })).turns).toHaveLength(4);
      await advance(1_100);
      expect((await budget.take("search", 9, { limit: 2, keepFree: 0 })).turns).toHaveLength(2);
    });

    it("follows a limit that changes, counting what is taken", async () => {
      expect(await count(4, 10)).toBe(4);
      expect(await count(9, 5)).toBe(1);
      expect(await count(9, 3)).toBe(0);
      expect(await count(9, 8)).toBe(3);
    });

    it("is open at first", async () => {
      expect(await budget.closing("general", NOON)).toBeNull();
    });

    it.each([
      { closed: "all", asked: "search", isShut: true },
      { closed: "search", asked: "search", isShut: true },
      { closed: "search", asked: "general", isShut: false },
      { closed: "general", asked: "association", isShut: false },
    ] as const)("closed for $closed, $asked is shut: $isShut", async ({ closed, asked, isShut }) => {
      await budget.close({ window: closed, reason: "day", until: MIDNIGHT }, NOON);
      const closing = await budget.closing(asked, NOON);
      if (isShut) expect(closing).toEqual({ window: closed, reason: "day", until: MIDNIGHT });
      else expect(closing).toBeNull();
    });

    it("ends a day by the instants it is given", async () => {
      await budget.close({ window: "all", reason: "day", until: MIDNIGHT }, NOON);
      await advance(2_000);
      expect(await budget.closing("general", new Date(MIDNIGHT.getTime() - 1))).toMatchObject({ reason: "day" });
      expect(await budget.closing("general", MIDNIGHT)).toBeNull();
    });

    it("ends a pause by its own clock", async () => {
      await budget.close({ window: "general", reason: "pause", until: after(2_000) }, NOON);
      expect(await budget.closing("general", after(50_000))).toMatchObject({ reason: "pause" });
      await advance(2_100);
      expect(await budget.closing("general", NOON)).toBeNull();
    });

    it("lets the later of two count", async () => {
      await budget.close({ window: "all", reason: "day", until: MIDNIGHT }, NOON);
      await budget.close({ window: "all", reason: "day", until: after(1_000) }, NOON);
      await budget.close({ window: "general", reason: "pause", until: after(5_000) }, NOON);
      expect(await budget.closing("general", NOON)).toEqual({ window: "all", reason: "day", until: MIDNIGHT });
    });

    it("keeps the newest that was told of the day", async () => {
      expect(await budget.readDay()).toBeNull();
      const told = { limit: 625_000, remaining: 500, resetsAt: MIDNIGHT, at: after(10) };
      await budget.learnDay(told);
      await budget.learnDay({ ...told, remaining: 510, at: after(5) });
      expect(await budget.readDay()).toEqual(told);
      const tomorrow = { limit: 625_000, remaining: 624_000, resetsAt: after(36 * 3_600_000), at: MIDNIGHT };
      await budget.learnDay(tomorrow);
      await budget.learnDay({ ...told, at: after(20) });
      expect(await budget.readDay()).toEqual(tomorrow);
    });

    it("counts the calls of the associations API day by day", async () => {
      expect(await budget.countAssociations(3, MIDNIGHT)).toBe(3);
      expect(await budget.countAssociations(4, MIDNIGHT)).toBe(7);
      expect(await budget.countAssociations(1, after(36 * 3_600_000))).toBe(1);
      expect(await budget.readDay()).toBeNull();
    });
  });
}
