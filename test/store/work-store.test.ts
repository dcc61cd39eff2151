import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Claim, Priority, WorkKind, WorkStore } from "../../src/pipeline/store-port.ts";
import { createWorkStore } from "../../src/store/work-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const start = Date.parse("2026-10-01T08:00:00Z");
const at = (seconds: number) => new Date(start + seconds * 1_000);
const refusal = { id: "1", message: "no such owner", correlationId: "c-1" };

describe("the store of work", () => {
  let database: TestDatabase;
  let work: WorkStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    work = createWorkStore(database.pool);
  });
  beforeEach(() => database.pool.query("truncate work, dead_letters"));
  afterAll(() => database.drop());

  const mark = (key: string, seconds: number, kind: WorkKind = "refresh", priority: Priority = "sweep") =>
    work.mark([{ kind, key, priority }], at(seconds));
  const keysOf = (claims: readonly Claim[]) => claims.map(({ key }) => key);
  async function only(claims: Promise<Claim[]>): Promise<Claim> {
    const [claim, ...others] = await claims;
    if (!claim || others.length > 0)
      throw new Error(`Expected one claim, and there were ${others.length + (claim ? 1 : 0)}`);
    return claim;
  }
  async function waiting(kind: WorkKind, seconds = 0) {
    return (await work.count(at(seconds))).find((count) => count.kind === kind);
  }
  async function dueAt(key: string): Promise<number | undefined> {
    const { rows } = await database.pool.query<{ due_at: Date }>("select due_at from work where key = $1", [key]);
    return rows[0] && (rows[0].due_at.getTime() - start) / 1_000;
  }

  describe("hints", () => {
    it("are one row, however many they are for one key", async () => {
      const hints = Array.from({ length: 1_000 }, () => ({
        kind: "refresh" as const,
        key: "ticket:1",
        priority: "webhook" as const,
      }));
      await work.mark(hints, at(0));
      for (let n = 0; n < 5; n += 1) await work.mark(hints, at(0));
      expect(await waiting("refresh")).toMatchObject({ waiting: 1 });
    });

    it("may be none", async () => {
      await work.mark([], at(0));
      expect(await waiting("refresh")).toMatchObject({ waiting: 0 });
    });

    it.each<[Priority, Priority]>([
      ["webhook", "sweep"],
      ["sweep", "webhook"],
    ])("keep the more urgent priority when %s comes before %s", async (first, second) => {
      await mark("ticket:1", 0, "refresh", first);
      await mark("ticket:1", 0, "refresh", second);
      await work.mark(
        [
          { kind: "refresh", key: "ticket:2", priority: first },
          { kind: "refresh", key: "ticket:2", priority: second },
        ],
        at(0),
      );
      const claims = await work.claim("refresh", 9, at(5));
      expect(claims.map(({ priority }) => priority)).toEqual(["webhook", "webhook"]);
    });

    it("put a read off while they keep coming, but not for ever", async () => {
      await mark("ticket:1", 0);
      expect(await dueAt("ticket:1")).toBe(1);
      for (const [seconds, due] of [
        [0.5, 1.5],
        [3, 4],
        [4.5, 5],
        [20, 5],
      ] as const) {
        await mark("ticket:1", seconds);
        expect(await dueAt("ticket:1")).toBe(due);
      }
    });

    it("of other kinds are due at once", async () => {
      for (const kind of ["rescore", "deliver", "sweep"] as const) await mark(kind, 7, kind);
      expect([await dueAt("rescore"), await dueAt("deliver"), await dueAt("sweep")]).toEqual([7, 7, 7]);
    });

    it("set the attempts back", async () => {
      await mark("1", 0, "deliver");
      await work.refuse(await only(work.claim("deliver", 1, at(0))), refusal, at(0));
      expect((await only(work.claim("deliver", 1, at(60)))).attempts).toBe(1);
      await work.releaseAll(at(60));
      await mark("1", 61, "deliver");
      expect((await only(work.claim("deliver", 1, at(61)))).attempts).toBe(0);
    });
  });

  describe("claims", () => {
    it("are what is due, the most urgent and then the oldest first", async () => {
      await mark("late", 3, "deliver");
      await mark("early", 1, "deliver");
      await mark("urgent", 4, "deliver", "webhook");
      await mark("future", 90, "deliver", "webhook");
      await mark("other", 0, "rescore", "webhook");
      expect(keysOf(await work.claim("deliver", 2, at(10)))).toEqual(["urgent", "early"]);
      expect(keysOf(await work.claim("deliver", 9, at(10)))).toEqual(["late"]);
    });

    it("never hold a row that somebody holds, until the lease runs out", async () => {
      await mark("1", 0, "deliver");
      const lost = await only(work.claim("deliver", 9, at(0)));
      expect(await work.claim("deliver", 9, at(29))).toEqual([]);
      const taken = await only(work.claim("deliver", 9, at(31)));
      expect(taken.lease).not.toBe(lost.lease);
    });

    it("last as long as they are kept", async () => {
      await mark("1", 0, "deliver");
      const claims = await work.claim("deliver", 9, at(0));
      await work.keep(claims, at(20));
      expect(await work.claim("deliver", 9, at(45))).toEqual([]);
    });

    it("that were lost cannot keep, finish, release or refuse", async () => {
      await mark("1", 0, "deliver");
      const lost = await only(work.claim("deliver", 9, at(0)));
      const taken = await only(work.claim("deliver", 9, at(31)));

      await work.finish([lost], at(31), at(32));
      await work.release([lost], at(32));
      for (let attempts = 0; attempts < 6; attempts += 1) await work.refuse({ ...lost, attempts }, refusal, at(32));
      expect(await work.claim("deliver", 9, at(33))).toEqual([]);
      await work.keep([lost], at(500));
      expect(await only(work.claim("deliver", 9, at(62)))).toMatchObject({ key: taken.key, attempts: 0 });
      expect(await waiting("deliver")).toMatchObject({ waiting: 1, dead: 0 });
    });

    it("of several workers share the rows without waiting for each other", async () => {
      await work.mark(
        Array.from({ length: 500 }, (_, n) => ({ kind: "deliver", key: String(n), priority: "sweep" })),
        at(0),
      );
      const holder = await database.pool.connect();
      try {
        await holder.query("begin");
        await holder.query("select 1 from work where key in ('0', '7') for update");
        const shares = await Promise.all(Array.from({ length: 4 }, () => work.claim("deliver", 125, at(1))));
        const keys = shares.flatMap(keysOf);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys).not.toContain("7");
        const rest = keysOf(await work.claim("deliver", 500, at(1)));
        expect([...keys, ...rest].length).toBe(498);
      } finally {
        await holder.query("rollback");
        holder.release();
      }
    });

    it("are all given back when a service begins alone", async () => {
      await mark("1", 0, "deliver");
      await work.claim("deliver", 9, at(0));
      await work.releaseAll(at(1));
      expect(keysOf(await work.claim("deliver", 9, at(1)))).toEqual(["1"]);
    });
  });

  describe("finishing", () => {
    it("takes the rows away", async () => {
      await work.mark(
        ["1", "2"].map((key) => ({ kind: "deliver", key, priority: "sweep" })),
        at(0),
      );
      await work.finish(await work.claim("deliver", 9, at(0)), at(0), at(1));
      expect(await waiting("deliver")).toMatchObject({ waiting: 0 });
    });

    it("keeps a row that was hinted at since it was claimed, due again", async () => {
      await mark("1", 0, "deliver");
      const claims = await work.claim("deliver", 9, at(0));
      await mark("1", 1, "deliver");
      await work.finish(claims, at(5), at(6));
      expect(await dueAt("1")).toBe(6);
      await work.finish(await work.claim("deliver", 9, at(6)), at(6), at(6));
      expect(await waiting("deliver")).toMatchObject({ waiting: 0 });
    });

    it("keeps a read that began within a second of the hint", async () => {
      await mark("ticket:1", 0);
      const claims = await work.claim("refresh", 9, at(1));
      await work.finish(claims, at(0.999), at(1));
      expect(await dueAt("ticket:1")).toBe(1);
      await work.finish(await work.claim("refresh", 9, at(1)), at(1), at(1));
      expect(await waiting("refresh")).toMatchObject({ waiting: 0 });
    });

    it("lets a busy record wait again from its last hint on, not from its first", async () => {
      await mark("ticket:1", 0);
      const claims = await work.claim("refresh", 9, at(2));
      await mark("ticket:1", 4);
      await work.finish(claims, at(2), at(4.2));
      expect(await dueAt("ticket:1")).toBe(5);
      await mark("ticket:1", 4.9);
      expect(await dueAt("ticket:1")).toBe(5.9);
    });
  });

  it("gives rows back unchanged, due when asked, with no attempt counted", async () => {
    await mark("1", 0, "deliver");
    await work.release(await work.claim("deliver", 9, at(0)), at(60));
    expect(await work.claim("deliver", 9, at(59))).toEqual([]);
    expect(await only(work.claim("deliver", 9, at(60)))).toMatchObject({ attempts: 0 });
  });

  describe("refusals", () => {
    async function refuseTo(attempts: number, key = "1"): Promise<number> {
      let seconds = 0;
      for (let n = 0; n < attempts; n += 1) {
        seconds += 200;
        await work.refuse(await only(work.claim("deliver", 1, at(seconds))), refusal, at(seconds));
      }
      expect(await dueAt(key)).toBe(undefined);
      return seconds;
    }

    it("put a row off for longer and longer, and end as a dead letter with the reason", async () => {
      await mark("1", 0, "deliver");
      let seconds = 0;
      for (const wait of [5, 10, 20, 40]) {
        const claim = await only(work.claim("deliver", 1, at(seconds)));
        expect(await work.refuse(claim, refusal, at(seconds))).toBe("later");
        expect(await dueAt("1")).toBe(seconds + wait);
        seconds += wait;
      }
      expect(await work.refuse(await only(work.claim("deliver", 1, at(seconds))), refusal, at(seconds))).toBe("dead");
      expect(await waiting("deliver")).toMatchObject({ waiting: 0, dead: 1 });
      const { rows } = await database.pool.query(
        "select key, died_at, attempts, reason, correlation_id from dead_letters",
      );
      expect(rows).toEqual([
        { key: "1", died_at: at(seconds), attempts: 5, reason: "no such owner", correlation_id: "c-1" },
      ]);
    });

    it.each([0, 4])("do not count against a row that was hinted at meanwhile (after %d)", async (attempts) => {
      await mark("1", 0, "deliver");
      const claim = await only(work.claim("deliver", 1, at(0)));
      await mark("1", 1, "deliver");
      expect(await work.refuse({ ...claim, attempts }, refusal, at(2))).toBe("later");
      expect(await only(work.claim("deliver", 1, at(2)))).toMatchObject({ attempts: 0 });
    });

    it("leave a dead letter until the same work succeeds, and two deaths are one letter", async () => {
      await mark("1", 0, "deliver");
      await refuseTo(5);
      await mark("1", 0, "deliver");
      const seconds = await refuseTo(5);
      expect(await waiting("deliver")).toMatchObject({ dead: 1 });

      await mark("1", seconds, "deliver");
      const claims = await work.claim("deliver", 1, at(seconds));
      await mark("1", seconds, "deliver");
      await work.finish(claims, at(seconds), at(seconds));
      expect(await waiting("deliver")).toMatchObject({ waiting: 1, dead: 1 });
      await work.finish(await work.claim("deliver", 1, at(seconds)), at(seconds), at(seconds));
      expect(await waiting("deliver")).toMatchObject({ waiting: 0, dead: 0 });
    });
  });

  it("counts every kind, with the age of what has been due the longest", async () => {
    await mark("1", 0, "deliver");
    await mark("2", 8, "deliver");
    await mark("later", 60, "refresh");
    const counts = await work.count(at(10));
    expect(counts).toHaveLength(4);
    expect(counts).toEqual(
      expect.arrayContaining([
        { kind: "deliver", waiting: 2, dead: 0, oldestDueSeconds: 10 },
        { kind: "refresh", waiting: 1, dead: 0, oldestDueSeconds: 0 },
        { kind: "sweep", waiting: 0, dead: 0, oldestDueSeconds: 0 },
      ]),
    );
  });
});
