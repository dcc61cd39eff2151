import { beforeEach, describe, expect, it, test } from "@jest/globals";
import type { CompanyMerge } from "../../src/pipeline/identity-store-port.ts";
import type { TaskState } from "../../src/pipeline/delivery-store-port.ts";
import { day, useDecisionStage } from "./decision-stage.ts";
import { record } from "./mirror-stage.ts";

const REASON = "merged";

describe("companies that were merged", () => {
  const stage = useDecisionStage();

  const merge = (id: string, mergedIds: string[], days = 5, given: Partial<CompanyMerge> = {}) =>
    stage.store.identities.merge({ id, mergedIds, closingReason: REASON, priority: "webhook", ...given }, day(days));
  const rowsOf = async <Row>(sql: string, ...values: unknown[]) =>
    (await stage.database.pool.query(sql, values)).rows as Row[];
  const workOf = async () =>
    (await rowsOf<{ work: string }>("select kind || ' ' || key as work from work order by 1")).map(({ work }) => work);
  const companyIds = async () =>
    (await rowsOf<{ id: string }>("select id from companies order by id")).map(({ id }) => id);
  /** A company that was scored on these days, with the score that each gives. */
  async function scored(id: string, scores: Record<number, number>): Promise<void> {
    for (const [days, score] of Object.entries(scores)) {
      await stage.save(id, score);
      await stage.decideOn(Number(days), [id]);
    }
  }
  /** What a refresh of the merged company does after it. */
  async function refreshed(id: string, score: number, days: number): Promise<void> {
    await stage.save(id, score);
    await stage.decideOn(days, [id]);
  }

  it("go on as the one with the longest history, and the next score follows its last", async () => {
    await scored("10", { 2: 90, 3: 91, 4: 92 });
    await scored("11", { 0: 80, 1: 70 });
    expect(await merge("20", ["10", "11"])).toEqual(["10", "11"]);
    expect(await companyIds()).toEqual(["20"]);
    expect(await stage.historyOf("20")).toEqual(["80 healthy", "70 watch"]);
    // A first score would be a baseline, which makes no task.
    await refreshed("20", 40, 6);
    expect(await stage.historyOf("20")).toEqual(["80 healthy", "70 watch", "40 at_risk"]);
    expect(await stage.tasksOf("20")).toEqual(["follow-up-20-1 planned"]);
  });

  it("are written whole, and not decided before all of their records are read", async () => {
    await scored("10", { 0: 80 });
    await scored("11", { 1: 70 });
    await stage.deliver("10");
    await merge("20", ["10", "11"]);
    expect(await workOf()).toEqual(["deliver 20", "refresh company:20"]);
    const deliveries = await stage.store.deliveries.load(["10", "11", "20"]);
    expect(deliveries).toMatchObject([{ companyId: "20", values: { chs_health_score: "80" } }]);
    expect(deliveries[0]?.written).toEqual({});
    expect(await stage.decideOn(6, ["20"])).toMatchObject({ decided: 0 });
    expect(
      await stage.store.mirror.saveCompanies([{ id: "20", properties: {}, modifiedAt: day(6) }], null, day(6)),
    ).toEqual(["20"]);
  });

  it("leave the records, links and past of properties to the merged one", async () => {
    const { mirror } = stage.store;
    for (const id of ["10", "11", "12"]) await stage.save(id, 80);
    await stage.decideOn(0, ["10"]);
    await mirror.saveHistory([{ companyId: "10", property: "seats", at: day(-9), value: "3" }]);
    const both = record("1", ["company 10", "company 11 primary", "company 12"]);
    await mirror.saveRecords("ticket", [both, record("2", ["company 12 primary", "company 10"])], null, day(0));
    await merge("20", ["10", "11"]);
    expect(await rowsOf("select id, company_id from records order by id")).toEqual([
      { id: "1", company_id: "20" },
      { id: "2", company_id: "12" },
    ]);
    expect(await rowsOf("select from_id, to_id, is_primary from links order by from_id, to_id")).toEqual([
      { from_id: "1", to_id: "12", is_primary: false },
      { from_id: "1", to_id: "20", is_primary: true },
      { from_id: "2", to_id: "12", is_primary: true },
      { from_id: "2", to_id: "20", is_primary: false },
    ]);
    expect(await rowsOf("select company_id, value from property_history")).toEqual([{ company_id: "20", value: "3" }]);
  });

  it("are known by their old ids, through later merges too", async () => {
    for (const id of ["10", "11", "12", "13"]) await stage.save(id, 80);
    const { identities } = stage.store;
    await merge("20", ["10", "11"]);
    await merge("21", ["12", "13"]);
    await merge("30", ["20", "21"]);
    for (const id of ["10", "11", "12", "13", "20", "21", "30"]) expect(await identities.currentId(id)).toBe("30");
    expect(await identities.currentId("99")).toBe("99");
    expect(await companyIds()).toEqual(["30"]);
  });

  it("and told of again, change nothing", async () => {
    await scored("10", { 0: 80 });
    await scored("11", { 1: 70 });
    await merge("20", ["10", "11"]);
    await refreshed("20", 60, 6);
    await stage.deliver("20");
    await stage.database.pool.query("truncate work");
    expect(await merge("20", ["10", "11"])).toEqual([]);
    expect(await workOf()).toEqual([]);
    expect((await stage.store.deliveries.load(["20"]))[0]?.written).toMatchObject({ chs_health_score: "60" });
  });

  it("and told of in halves, come together", async () => {
    await scored("10", { 1: 80 });
    await scored("11", { 0: 70, 1: 60 });
    expect(await merge("20", ["10"])).toEqual(["10"]);
    await refreshed("20", 85, 2);
    expect(await merge("20", ["10", "11"])).toEqual(["11"]);
    expect(await stage.historyOf("20")).toEqual(["70 watch", "60 watch"]);
    expect(await companyIds()).toEqual(["20"]);
  });

  it("and told of by a read from before the next merge, do not come back", async () => {
    await stage.save("12", 80);
    await merge("20", ["10", "11"]);
    await merge("30", ["20", "12"]);
    await merge("20", ["10", "11"]);
    expect(await stage.store.identities.currentId("10")).toBe("30");
    await stage.save("20", 80);
    expect(await companyIds()).toEqual(["30"]);
  });

  it("of which none is mirrored, are only remembered", async () => {
    expect(await merge("20", ["10", "11"])).toEqual([]);
    expect(await companyIds()).toEqual([]);
    expect(await workOf()).toEqual([]);
    expect(await stage.store.identities.currentId("11")).toBe("20");
  });

  it("are merged once, though two hear of it at a time", async () => {
    await scored("10", { 0: 80 });
    await scored("11", { 1: 70 });
    const told = await Promise.all([merge("20", ["10", "11"]), merge("20", ["11", "10"]), merge("20", ["10"])]);
    expect(told.flat().sort()).toEqual(["10", "11"]);
    expect(await stage.historyOf("20")).toEqual(["80 healthy"]);
  });

  describe("with tasks", () => {
    beforeEach(async () => {
      await scored("10", { 0: 80, 1: 30 });
      await scored("11", { 2: 80, 3: 30 });
    });

    const setState = (key: string, state: TaskState) =>
      stage.database.pool.query(
        `update tasks set state = $2, sent_at = $3, sent = jsonb_build_array(planned), task_id = 't-' || key where key = $1`,
        [key, state, day(4)],
      );

    test.each<[TaskState, TaskState, string, string]>([
      ["open", "open", "open", "closing"],
      ["planned", "open", "cancelled", "open"],
      ["planned", "planned", "planned", "cancelled"],
      ["open", "taken", "closing", "taken"],
      ["taken", "taken", "taken", "taken"],
      ["sending", "open", "sending", "closing"],
      ["done", "open", "done", "open"],
    ])("of one play, the older %s and the other %s, have %s and %s", async (first, second, older, other) => {
      await setState("follow-up-10-1", first);
      await setState("follow-up-11-1", second);
      await merge("20", ["10", "11"]);
      expect(await stage.tasksOf("20")).toEqual([`follow-up-10-1 ${older}`, `follow-up-11-1 ${other}`]);
      expect(await rowsOf("select key from tasks where closing_reason is not null")).toEqual(
        await rowsOf("select key from tasks where closing_reason = $1", REASON),
      );
    });

    it("have one that is on its way closed once it is found", async () => {
      await setState("follow-up-11-1", "sending");
      await setState("follow-up-10-1", "open");
      await merge("20", ["10", "11"]);
      await stage.store.deliveries.recordCreated([{ key: "follow-up-11-1", taskId: "7" }], day(6));
      expect(await stage.tasksOf("20")).toEqual(["follow-up-10-1 open", "follow-up-11-1 closing"]);
    });

    it("have them sought on the merged company, as long as if they had just been sent", async () => {
      await setState("follow-up-10-1", "sending");
      await merge("20", ["10", "11"]);
      const [delivery] = await stage.store.deliveries.load(["20"]);
      const task = delivery?.tasks.find(({ state }) => state === "sending");
      expect(task).toMatchObject({ task: { companyId: "20" }, sent: [{ companyId: "20" }], sentAt: day(5) });
      // Whoever looked for it on the old company, which shows none of its tasks any more, knows nothing.
      await stage.store.deliveries.recordNotSent([{ key: "follow-up-10-1", companyId: "10" }], day(6));
      expect(await stage.tasksOf("20")).toContain("follow-up-10-1 sending");
    });

    it("make the next one under a key of its own", async () => {
      await setState("follow-up-10-1", "done");
      await setState("follow-up-11-1", "done");
      await merge("20", ["10", "11"]);
      await refreshed("20", 80, 6);
      await refreshed("20", 30, 7);
      expect((await stage.tasksOf("20")).at(-1)).toBe("follow-up-20-3 planned");
    });
  });

  it("are not told again of a day that one of them was told of", async () => {
    const keys: ReadonlySet<string>[] = [];
    await scored("10", { 0: 80 });
    await stage.database.pool.query(
      `insert into tasks (key, company_id, play, state, planned, called, decided_at, changed_at)
       values ('quiet-10-2026-09-01', '10', 'quiet', 'done', '{}', 'quiet-10-2026-10-01', $1, $1)`,
      [day(0)],
    );
    await merge("20", ["10", "11"]);
    await stage.save("20", 80);
    await stage.decideOn(6, ["20"], { look: ({ prior }) => keys.push(prior.taskKeys) });
    expect(keys).toEqual([new Set(["quiet-20-2026-09-01", "quiet-20-2026-10-01"])]);
  });
});
