import { describe, expect, it } from "@jest/globals";
import { at, only, useWorkStage } from "./work-stage.ts";

const refusal = { id: "1", message: "no such owner", correlationId: "c-1" };

describe("settling work", () => {
  const stage = useWorkStage();

  describe("finishing", () => {
    it("takes the rows away", async () => {
      await stage.work.mark(
        ["1", "2"].map((key) => ({ kind: "deliver", key, priority: "sweep" })),
        at(0),
      );
      await stage.work.finish(await stage.work.claim("deliver", 9, at(0)), at(0), at(1));
      expect(await stage.waiting("deliver")).toMatchObject({ waiting: 0 });
    });

    it("keeps a row that was hinted at since it was claimed, due again", async () => {
      await stage.mark("1", 0, "deliver");
      const claims = await stage.work.claim("deliver", 9, at(0));
      await stage.mark("1", 1, "deliver");
      await stage.work.finish(claims, at(5), at(6));
      expect(await stage.dueAt("1")).toBe(6);
      await stage.work.finish(await stage.work.claim("deliver", 9, at(6)), at(6), at(6));
      expect(await stage.waiting("deliver")).toMatchObject({ waiting: 0 });
    });

    it("keeps a read that began within a second of the hint", async () => {
      await stage.mark("ticket:1", 0);
      const claims = await stage.work.claim("refresh", 9, at(1));
      await stage.work.finish(claims, at(0.999), at(1));
      expect(await stage.dueAt("ticket:1")).toBe(1);
      await stage.work.finish(await stage.work.claim("refresh", 9, at(1)), at(1), at(1));
      expect(await stage.waiting("refresh")).toMatchObject({ waiting: 0 });
    });

    it("lets a busy record wait again from its last hint on, not from its first", async () => {
      await stage.mark("ticket:1", 0);
      const claims = await stage.work.claim("refresh", 9, at(2));
      await stage.mark("ticket:1", 4);
      await stage.work.finish(claims, at(2), at(4.2));
      expect(await stage.dueAt("ticket:1")).toBe(5);
      await stage.mark("ticket:1", 4.9);
      expect(await stage.dueAt("ticket:1")).toBe(5.9);
    });
  });

  it("gives rows back unchanged, due when asked, with no attempt counted", async () => {
    await stage.mark("1", 0, "deliver");
    await stage.work.release(await stage.work.claim("deliver", 9, at(0)), at(60));
    expect(await stage.work.claim("deliver", 9, at(59))).toEqual([]);
    expect(await only(stage.work.claim("deliver", 9, at(60)))).toMatchObject({ attempts: 0 });
  });

  describe("refusals", () => {
    async function refuseTo(attempts: number, key = "1"): Promise<number> {
      let seconds = 0;
      for (let n = 0; n < attempts; n += 1) {
        seconds += 200;
        await stage.work.refuse(await only(stage.work.claim("deliver", 1, at(seconds))), refusal, at(seconds));
      }
      expect(await stage.dueAt(key)).toBe(undefined);
      return seconds;
    }

    it("put a row off for longer and longer, and end as a dead letter with the reason", async () => {
      await stage.mark("1", 0, "deliver");
      let seconds = 0;
      for (const wait of [5, 10, 20, 40]) {
        const claim = await only(stage.work.claim("deliver", 1, at(seconds)));
        expect(await stage.work.refuse(claim, refusal, at(seconds))).toBe("later");
        expect(await stage.dueAt("1")).toBe(seconds + wait);
        seconds += wait;
      }
      expect(
        await stage.work.refuse(await only(stage.work.claim("deliver", 1, at(seconds))), refusal, at(seconds)),
      ).toBe("dead");
      expect(await stage.waiting("deliver")).toMatchObject({ waiting: 0, dead: 1 });
      const { rows } = await stage.database.pool.query(
        "select key, died_at, attempts, reason, correlation_id from dead_letters",
      );
      expect(rows).toEqual([
        { key: "1", died_at: at(seconds), attempts: 5, reason: "no such owner", correlation_id: "c-1" },
      ]);
    });

    it.each([0, 4])("do not count against a row that was hinted at meanwhile (after %d)", async (attempts) => {
      await stage.mark("1", 0, "deliver");
      const claim = await only(stage.work.claim("deliver", 1, at(0)));
      await stage.mark("1", 1, "deliver");
      expect(await stage.work.refuse({ ...claim, attempts }, refusal, at(2))).toBe("later");
      expect(await only(stage.work.claim("deliver", 1, at(2)))).toMatchObject({ attempts: 0 });
    });

    it("leave a dead letter until the same work succeeds, and two deaths are one letter", async () => {
      await stage.mark("1", 0, "deliver");
      await refuseTo(5);
      await stage.mark("1", 0, "deliver");
      const seconds = await refuseTo(5);
      expect(await stage.waiting("deliver")).toMatchObject({ dead: 1 });

      await stage.mark("1", seconds, "deliver");
      const claims = await stage.work.claim("deliver", 1, at(seconds));
      await stage.mark("1", seconds, "deliver");
      await stage.work.finish(claims, at(seconds), at(seconds));
      expect(await stage.waiting("deliver")).toMatchObject({ waiting: 1, dead: 1 });
      await stage.work.finish(await stage.work.claim("deliver", 1, at(seconds)), at(seconds), at(seconds));
      expect(await stage.waiting("deliver")).toMatchObject({ waiting: 0, dead: 0 });
    });
  });
});
