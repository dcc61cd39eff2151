import { describe, expect, it } from "@jest/globals";
import type { Priority } from "../../src/pipeline/store-port.ts";
import { at, keysOf, only, useWorkStage } from "./work-stage.ts";

const refusal = { id: "1", message: "no such owner", correlationId: "c-1" };

describe("the store of work", () => {
  const stage = useWorkStage();

  describe("hints", () => {
    it("are one row, however many they are for one key", async () => {
      const hints = Array.from({ length: 1_000 }, () => ({
        kind: "refresh" as const,
        key: "ticket:1",
        priority: "webhook" as const,
      }));
      await stage.work.mark(hints, at(0));
      for (let n = 0; n < 5; n += 1) await stage.work.mark(hints, at(0));
      expect(await stage.waiting("refresh")).toMatchObject({ waiting: 1 });
    });

    it("may be none", async () => {
      await stage.work.mark([], at(0));
      expect(await stage.waiting("refresh")).toMatchObject({ waiting: 0 });
    });

    it.each<[Priority, Priority]>([
      ["webhook", "sweep"],
      ["sweep", "webhook"],
    ])("keep the more urgent priority when %s comes before %s", async (first, second) => {
      await stage.mark("ticket:1", 0, "refresh", first);
      await stage.mark("ticket:1", 0, "refresh", second);
      await stage.work.mark(
        [
          { kind: "refresh", key: "ticket:2", priority: first },
          { kind: "refresh", key: "ticket:2", priority: second },
        ],
        at(0),
      );
      const claims = await stage.work.claim("refresh", 9, at(5));
      expect(claims.map(({ priority }) => priority)).toEqual(["webhook", "webhook"]);
    });

    it("put a read off while they keep coming, but not for ever", async () => {
      await stage.mark("ticket:1", 0);
      expect(await stage.dueAt("ticket:1")).toBe(1);
      for (const [seconds, due] of [
        [0.5, 1.5],
        [3, 4],
        [4.5, 5],
        [20, 5],
      ] as const) {
        await stage.mark("ticket:1", seconds);
        expect(await stage.dueAt("ticket:1")).toBe(due);
      }
    });

    it("of other kinds are due at once", async () => {
      for (const kind of ["rescore", "deliver", "sweep"] as const) await stage.mark(kind, 7, kind);
      expect([await stage.dueAt("rescore"), await stage.dueAt("deliver"), await stage.dueAt("sweep")]).toEqual([
        7, 7, 7,
      ]);
    });

    it("set the attempts back", async () => {
      await stage.mark("1", 0, "deliver");
      await stage.work.refuse(await only(stage.work.claim("deliver", 1, at(0))), refusal, at(0));
      expect((await only(stage.work.claim("deliver", 1, at(60)))).attempts).toBe(1);
      await stage.work.releaseAll(at(60));
      await stage.mark("1", 61, "deliver");
      expect((await only(stage.work.claim("deliver", 1, at(61)))).attempts).toBe(0);
    });
  });

  describe("claims", () => {
    it("are what is due, the most urgent and then the oldest first", async () => {
      await stage.mark("late", 3, "deliver");
      await stage.mark("early", 1, "deliver");
      await stage.mark("urgent", 4, "deliver", "webhook");
      await stage.mark("future", 90, "deliver", "webhook");
      await stage.mark("other", 0, "rescore", "webhook");
      expect(keysOf(await stage.work.claim("deliver", 2, at(10)))).toEqual(["urgent", "early"]);
      expect(keysOf(await stage.work.claim("deliver", 9, at(10)))).toEqual(["late"]);
    });

    it("never hold a row that somebody holds, until the lease runs out", async () => {
      await stage.mark("1", 0, "deliver");
      const lost = await only(stage.work.claim("deliver", 9, at(0)));
      expect(await stage.work.claim("deliver", 9, at(29))).toEqual([]);
      const taken = await only(stage.work.claim("deliver", 9, at(31)));
      expect(taken.lease).not.toBe(lost.lease);
    });

    it("last as long as they are kept", async () => {
      await stage.mark("1", 0, "deliver");
      const claims = await stage.work.claim("deliver", 9, at(0));
      await stage.work.keep(claims, at(20));
      expect(await stage.work.claim("deliver", 9, at(45))).toEqual([]);
    });

    it("that were lost cannot keep, finish, release or refuse", async () => {
      await stage.mark("1", 0, "deliver");
      const lost = await only(stage.work.claim("deliver", 9, at(0)));
      const taken = await only(stage.work.claim("deliver", 9, at(31)));

      await stage.work.finish([lost], at(31), at(32));
      await stage.work.release([lost], at(32));
      for (let attempts = 0; attempts < 6; attempts += 1)
        await stage.work.refuse({ ...lost, attempts }, refusal, at(32));
      expect(await stage.work.claim("deliver", 9, at(33))).toEqual([]);
      await stage.work.keep([lost], at(500));
      expect(await only(stage.work.claim("deliver", 9, at(62)))).toMatchObject({ key: taken.key, attempts: 0 });
      expect(await stage.waiting("deliver")).toMatchObject({ waiting: 1, dead: 0 });
    });

    it("of several workers share the rows without waiting for each other", async () => {
      await stage.work.mark(
        Array.from({ length: 500 }, (_, n) => ({ kind: "deliver", key: String(n), priority: "sweep" })),
        at(0),
      );
      const holder = await stage.database.pool.connect();
      try {
        await holder.query("begin");
        await holder.query("select 1 from work where key in ('0', '7') for update");
        const shares = await Promise.all(Array.from({ length: 4 }, () => stage.work.claim("deliver", 125, at(1))));
        const keys = shares.flatMap(keysOf);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys).not.toContain("7");
        const rest = keysOf(await stage.work.claim("deliver", 500, at(1)));
        expect([...keys, ...rest].length).toBe(498);
      } finally {
        await holder.query("rollback");
        holder.release();
      }
    });

    it("are all given back when a service begins alone", async () => {
      await stage.mark("1", 0, "deliver");
      await stage.work.claim("deliver", 9, at(0));
      await stage.work.releaseAll(at(1));
      expect(keysOf(await stage.work.claim("deliver", 9, at(1)))).toEqual(["1"]);
    });
  });

  it("counts every kind, with the age of what has been due the longest", async () => {
    await stage.mark("1", 0, "deliver");
    await stage.mark("2", 8, "deliver");
    await stage.mark("later", 60, "refresh");
    const counts = await stage.work.count(at(10));
    expect(counts).toHaveLength(5);
    expect(counts).toEqual(
      expect.arrayContaining([
        { kind: "deliver", waiting: 2, dead: 0, oldestDueSeconds: 10 },
        { kind: "refresh", waiting: 1, dead: 0, oldestDueSeconds: 0 },
        { kind: "sweep", waiting: 0, dead: 0, oldestDueSeconds: 0 },
      ]),
    );
  });
});
