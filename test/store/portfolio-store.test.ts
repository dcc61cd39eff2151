import { describe, expect, it } from "@jest/globals";
import { day, useDecisionStage } from "./decision-stage.ts";

describe("the portfolio in the store", () => {
  const stage = useDecisionStage();
  const context = { unreadable: new Set<never>(), linked: new Set<never>(), withSignals: false };

  it("is read in ranges of ids, the complete ones alone", async () => {
    for (const id of ["10", "11", "12", "9"]) await stage.save(id, 50);
    const saved = { id: "8", properties: { name: "Not here yet" }, modifiedAt: day(0) };
    await stage.store.mirror.saveCompanies([saved], null, day(0));

    const read = async (after: string, limit: number) =>
      (await stage.store.portfolio.readAfter(after, limit, context)).map(({ facts }) => facts.companyId);
    expect(await read("", 2)).toEqual(["10", "11"]);
    expect(await read("11", 10)).toEqual(["12", "9"]);
    expect(await stage.store.portfolio.readOne("8", context)).toBeNull();
  });

  it("tells the facts, and the signals of the last decision where they are asked for", async () => {
    await stage.save("10", 50);
    await stage.decideOn(0);
    const [plain, full] = await Promise.all(
      [false, true].map((withSignals) => stage.store.portfolio.readOne("10", { ...context, withSignals })),
    );
    expect(plain).toMatchObject({ facts: { company: { seats: "50" }, tickets: [], history: {} }, before: null });
    expect(full?.before?.get("seats")).toEqual({ known: true, value: "50", since: null });
  });

  it("locks nothing: a company that is being decided is read all the same", async () => {
    await stage.save("10", 50);
    const locker = await stage.database.pool.connect();
    try {
      await locker.query("begin");
      await locker.query("select 1 from companies for update");
      expect(await stage.store.portfolio.readOne("10", context)).not.toBeNull();
    } finally {
      await locker.query("rollback");
      locker.release();
    }
  });

  it("tells what stood at an instant, with its signals", async () => {
    for (const [days, score] of [80, 40].entries()) {
      await stage.save("10", score);
      await stage.decideOn(days * 2);
    }
    const standing = async (days: number) =>
      (await stage.store.portfolio.scoresAt("10", day(days))).map(({ name, score, signals }) => [
        name,
        score.value,
        signals.get("nps"),
      ]);
    expect(await standing(1)).toEqual([["health", 80, { known: true, value: "80", since: null }]]);
    expect(await standing(2)).toEqual([["health", 40, { known: true, value: "40", since: null }]]);
    expect(await standing(-1)).toEqual([]);
  });
});
