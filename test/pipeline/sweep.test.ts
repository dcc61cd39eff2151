import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { requestMissedSweep, requestSweepForRules } from "../../src/pipeline/request-sweep.ts";
import { company, putCompany, putUrgentTicket } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

describe("sweeps", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    for (const id of ["10", "11"]) putCompany(stage.hubspot, id);
  });
  afterAll(() => stage.database.drop());

  const last = () => stage.store.sweeps.lastFinished();
  /** A sweep that was broken off after company 10. */
  async function breakOff(): Promise<void> {
    stage.clock.advance(60_000);
    await stage.store.sweeps.request(stage.clock.instant, { tasksForCurrent: false }, stage.clock.instant);
    const sweep = await stage.store.sweeps.next();
    if (!sweep) throw new Error("No sweep was asked for");
    await stage.store.sweeps.saveCursor(sweep.id, "10");
  }
  const work = (...keys: string[]) =>
    stage.store.work.mark(
      keys.map((key) => ({ kind: "rescore", key, priority: "webhook" })),
      stage.clock.instant,
    );

  it("score the others when one company cannot be decided, and tell a person of that one", async () => {
    const context = stage.context();
    const takeSnapshot: typeof context.rules.takeSnapshot = (facts, ...rest) => {
      if (facts.companyId === "10") throw new TypeError("a fault of the program");
      return context.rules.takeSnapshot(facts, ...rest);
    };
    await stage.sweep({ ...context, rules: { ...context.rules, takeSnapshot } });
    const { rows } = await stage.database.pool.query("SELECT company_id FROM scores");
    expect(rows).toEqual([{ company_id: "11" }]);
    expect(stage.log.lines.filter(({ level }) => level === "error")).toMatchObject([{ fields: { company: "10" } }]);
  });

  it("make no task of customers that are at risk already, but when that is asked for, and then one each", async () => {
    putCompany(stage.hubspot, "10", { seats: "20" });
    for (const id of ["1", "2"]) putUrgentTicket(stage.hubspot, id, company("10"));
    const context = stage.context();
    await stage.sweep(context);
    expect(await stage.tasks()).toEqual([]);
    await stage.sweep(context, true);
    await stage.sweep(context, true);
    expect(await stage.tasks()).toEqual(["follow-up-10-1 open"]);
    expect(stage.hubspot.portal.tasks.size).toBe(1);
  });

  it("go on where they were broken off, without another sync", async () => {
    const context = stage.context();
    await stage.sweep(context);
    await breakOff();
    stage.hubspot.calls.length = 0;
    await stage.workOff(context);
    expect(stage.hubspot.calls).not.toContain("searchRecords");
    const { rows } = await stage.database.pool.query("select counts->>'decided' as decided from sweeps order by id");
    expect(rows).toEqual([{ decided: "2" }, { decided: "1" }]);
  });

  it("fill the mirror first when they go on under other rules", async () => {
    await stage.sweep(stage.context());
    await breakOff();
    const where = [{ field: "lifecyclestage", test: { kind: "known" as const } }];
    putCompany(stage.hubspot, "20", { lifecyclestage: "lead" });
    await stage.workOff(stage.context(pipelineRules({ customers: { ...pipelineRules().customers, where } })));
    expect(await stage.valueOf("20", "score")).toBe("95");
  });

  it("come before a score under rules that ask for more than is mirrored", async () => {
    await stage.sweep(stage.context());
    await work("10");
    const where = [{ field: "lifecyclestage", test: { kind: "known" as const } }];
    const changed = stage.context(
      pipelineRules({ hash: "second", customers: { ...pipelineRules().customers, where } }),
    );
    await stage.workOn(changed, "rescore");
    expect((await stage.store.decisions.read("10"))?.scores).toMatchObject([{ rulesetHash: "first" }]);
    await stage.sweep(changed);
    await work("10");
    await stage.workOff(changed);
    expect((await stage.store.decisions.read("10"))?.scores).toMatchObject([{ rulesetHash: "second" }]);
  });

  it("pass over a customer whose records are being read: its first score is not one without them", async () => {
    const context = stage.context();
    await stage.sweep(context);
    putCompany(stage.hubspot, "12", { seats: "40" });
    for (const id of ["1", "2"]) putUrgentTicket(stage.hubspot, id, company("12"));
    await stage.hint("company:12");
    stage.clock.advance(1_000);
    let isSwept = false;
    const readLinks: typeof context.hubspot.readLinks = async (...args) => {
      if (!isSwept) {
        isSwept = true;
        await breakOff();
        expect(await stage.workOn(context, "sweep")).toBe(1);
        expect((await stage.store.decisions.read("12"))?.scores).toEqual([]);
      }
      return context.hubspot.readLinks(...args);
    };
    await stage.workOn({ ...context, hubspot: { ...context.hubspot, readLinks } }, "refresh");
    await stage.workOff(context);
    expect(await stage.valueOf("12", "score")).toBe("20");
    expect(await stage.tasks()).toEqual([]);
  });

  it("leave scores to a process for whose rules the mirror is complete", async () => {
    const context = stage.context();
    await stage.sweep(context);
    const where = [{ field: "lifecyclestage", test: { kind: "known" as const } }];
    const other = stage.context(pipelineRules({ customers: { ...pipelineRules().customers, where } }));
    putCompany(stage.hubspot, "10", { seats: "10" });
    await stage.hint("company:10");
    stage.clock.advance(1_000);
    await stage.workOn(context, "refresh");
    expect(await stage.workOn(other, "rescore")).toBe(1);
    expect(await stage.workOn(other, "rescore")).toBe(0);
    await stage.workOff(context);
    expect(await stage.valueOf("10", "score")).toBe("55");
  });

  describe("are owed", () => {
    const request = async (hash = "first") => {
      stage.clock.advance(60_000);
      const context = stage.context(pipelineRules({ hash }));
      await requestSweepForRules(context, hash);
      await requestMissedSweep(context);
      await stage.workOff(context);
      return last();
    };
    const plan = (nextDueAt: string) => stage.store.settings.write("schedule", { nextDueAt });

    it("at the first start", async () => {
      expect(await request()).toMatchObject({ scheduledFor: stage.clock.instant });
    });

    it("when the last due time fell into a time without a service, for that time and once", async () => {
      await request();
      await plan("2026-10-01T01:00:00.000Z");
      expect(await request()).toMatchObject({ scheduledFor: new Date("2026-10-01T01:00:00Z") });
      await request();
      const { rows } = await stage.database.pool.query("select count(*)::int as n from sweeps");
      expect(rows).toEqual([{ n: 2 }]);
    });

    it("when the rules have changed, and once", async () => {
      await request();
      await plan("2036-10-02T01:00:00.000Z");
      const [before, after] = [await last(), await request("second")];
      expect(after).not.toEqual(before);
      expect(await request("second")).toEqual(after);
    });

    it("not at all where nothing was missed", async () => {
      await request();
      await plan("2036-10-02T01:00:00.000Z");
      const before = await last();
      expect(await request()).toEqual(before);
    });
  });
});
