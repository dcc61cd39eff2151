import { describe, expect, it } from "@jest/globals";
import type { CompanyState } from "../../src/pipeline/store-port.ts";
import { sampleRuleset } from "../scoring/sample-ruleset.ts";
import { day, useDecisionStage } from "./decision-stage.ts";

describe("decisions", () => {
  const stage = useDecisionStage();

  it("takes a first score as a baseline, and has it written", async () => {
    await stage.save("10", 30);
    expect(await stage.decideOn(0)).toEqual({ decided: 1, changed: 1, tasks: 0, closings: 0 });
    expect(await stage.deliveries()).toEqual(["10"]);
    expect(await stage.store.decisions.read("10")).toMatchObject({
      name: "Company 10",
      scores: [{ name: "health", band: "at_risk", at: day(0), rulesetHash: "first", detail: { score: { value: 30 } } }],
      values: { chs_health_score: "30", chs_health_band: "at_risk" },
      written: {},
      tasks: [],
    });
  });

  it("makes one task when a customer drops, and none while it stands", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0);
    await stage.deliver("10");
    await stage.save("10", 30);
    expect(await stage.decideOn(1)).toEqual({ decided: 1, changed: 1, tasks: 1, closings: 0 });
    expect(await stage.deliveries()).toEqual(["10"]);
    const { rows } = await stage.database.pool.query<{ planned: unknown }>("select planned from tasks");
    expect(rows).toMatchObject([{ planned: { companyId: "10", subject: "Company 10: 30 (-50)", priority: "HIGH" } }]);

    await stage.save("10", 20);
    expect(await stage.decideOn(2)).toMatchObject({ tasks: 0, changed: 1 });
    expect(await stage.tasksOf("10")).toEqual(["follow-up-10-1 planned"]);
  });

  it("changes no row when nothing changed", async () => {
    await stage.save("10", 80);
    await stage.save("11", null);
    await stage.save("12", 60, { churned_at: "2026-01-01" });
    await stage.save("13", 60, { lifecyclestage: "lead" });
    await stage.decideOn(0, ["10", "11", "12", "13"]);
    await stage.save("10", 30);
    await stage.decideOn(1, ["10", "11", "12", "13"]);
    for (const id of ["10", "11", "12", "13"]) await stage.deliver(id);
    const everything = `select 'companies' as t, xmin, ctid, id::text as key from companies union all
      select 'scores', xmin, ctid, company_id from scores union all
      select 'score_history', xmin, ctid, company_id || at from score_history union all
      select 'tasks', xmin, ctid, key from tasks union all select 'work', xmin, ctid, key from work order by 1, 4`;
    const before = (await stage.database.pool.query(everything)).rows;

    expect(await stage.decideOn(1, ["10", "11", "12", "13"])).toEqual({
      decided: 4,
      changed: 0,
      tasks: 0,
      closings: 0,
    });

    expect((await stage.database.pool.query(everything)).rows).toEqual(before);
    expect(before.length).toBeGreaterThan(9);
  });

  it("marks a delivery until HubSpot took what is to be written", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0);
    expect(await stage.deliveries()).toEqual(["10"]);
    await stage.decideOn(1);
    expect(await stage.deliveries()).toEqual(["10"]);
    await stage.deliver("10");
    await stage.decideOn(2);
    expect(await stage.deliveries()).toEqual([]);
  });

  it("marks no delivery for what stands beyond the values that the rules write now", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0);
    const [delivery] = await stage.store.deliveries.load(["10"]);
    await stage.store.deliveries.recordWritten([
      { companyId: "10", values: { ...delivery?.values, chs_health_old: "5" } },
    ]);
    await stage.deliveries();
    await stage.decideOn(1);
    expect(await stage.deliveries()).toEqual([]);
  });

  it("keeps history of another value, band or ruleset, and of nothing else", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0);
    await stage.decideOn(1);
    await stage.save("10", 78);
    await stage.decideOn(2);
    // Another way to the same score.
    await stage.save("10", 78, { seats: "77", features: "79" });
    await stage.decideOn(2.5);
    await stage.save("10", null);
    await stage.decideOn(3);
    await stage.decideOn(4);
    await stage.decideOn(5, ["10"], { ruleset: sampleRuleset({ hash: "second" }) });
    expect(await stage.historyOf("10")).toEqual(["80 healthy", "78 healthy", "null unknown", "null unknown"]);
  });

  it("tells how the score stood, back to what stood at the beginning of a year", async () => {
    let seen: CompanyState["prior"] | undefined;
    const look = ({ prior }: CompanyState) => (seen = prior);
    for (const [days, score] of [
      [0, 80],
      [10, 70],
      [29, null],
      [30, 60],
      [379, 60],
    ] as const) {
      await stage.save("10", score);
      await stage.decideOn(days, ["10"], { look });
    }
    const past = { rulesetHash: "first", phase: null };
    expect(seen?.history.get("health")).toEqual([
      { at: day(10).getTime(), value: 70, band: "watch", ...past },
      { at: day(29).getTime(), value: null, band: "unknown", ...past },
      { at: day(30).getTime(), value: 60, band: "watch", ...past },
    ]);
    expect(seen?.scores.get("health")).toEqual({ value: 60, band: "watch", lastNamedBand: "watch", ...past });
    expect(seen?.snapshot?.get("seats")).toEqual({ known: true, value: "60", since: null });
  });

  it("start from nothing where nothing was decided", async () => {
    await stage.save("10", 80);
    let seen: CompanyState["prior"] | undefined;
    await stage.decideOn(0, ["10"], { look: ({ prior }) => (seen = prior) });
    expect(seen).toEqual({
      scores: new Map(),
      history: new Map(),
      snapshot: null,
      values: null,
      tasks: [],
      tasksMade: new Map(),
      lastTaskAt: new Map(),
      taskKeys: new Set(),
    });
  });

  it("makes no task over another ruleset's score, nor over one that follows a time without a score", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0);
    await stage.save("10", 30);
    expect(await stage.decideOn(1, ["10"], { ruleset: sampleRuleset({ hash: "second" }) })).toMatchObject({ tasks: 0 });
    await stage.save("11", null);
    await stage.decideOn(0, ["11"]);
    await stage.save("11", 30);
    expect(await stage.decideOn(1, ["11"])).toMatchObject({ tasks: 0 });
  });

  it("sees a drop across a time without a score", async () => {
    for (const [days, score] of [
      [0, 80],
      [1, null],
      [2, null],
    ] as const) {
      await stage.save("10", score);
      await stage.decideOn(days);
    }
    await stage.save("10", 30);
    expect(await stage.decideOn(3)).toMatchObject({ tasks: 1 });
  });

  it("are all undone when one of them throws", async () => {
    await stage.save("10", 80);
    await stage.save("11", 80);
    const failure = new Error("a rule went wrong");
    const look = ({ facts }: CompanyState) => {
      if (facts.companyId === "11") throw failure;
    };
    await expect(stage.decideOn(0, ["10", "11"], { look })).rejects.toBe(failure);
    expect((await stage.store.decisions.read("10"))?.scores).toEqual([]);
  });

  it("start from a company's own records, and from nothing of a type that cannot be read", async () => {
    await stage.save("10", 80);
    await stage.save("11", 80);
    for (const [id, company] of [
      ["1", "10"],
      ["2", "10"],
      ["3", "11"],
    ] as const) {
      const links = [{ toType: "company" as const, toId: company, primary: true }];
      const ticket = { id, properties: { subject: id }, modifiedAt: day(0), links };
      await stage.store.mirror.saveRecords("ticket", [ticket], null, day(0));
    }
    const seen: CompanyState["facts"][] = [];
    const look = ({ facts }: CompanyState) => seen.push(facts);
    await stage.decideOn(0, ["11", "10", "99"], { look });
    await stage.decideOn(0, ["10"], { look, unreadable: ["ticket"] });
    expect(seen).toMatchObject([
      { companyId: "10", contacts: [], tickets: [{ subject: "1" }, { subject: "2" }], invoices: [] },
      { companyId: "11", tickets: [{ subject: "3" }] },
      { companyId: "10", contacts: [], tickets: null, invoices: [] },
    ]);
  });

  it("know nothing of a company that is not mirrored", async () => {
    expect(await stage.decideOn(0, ["99"])).toEqual({ decided: 0, changed: 0, tasks: 0, closings: 0 });
    expect(await stage.store.decisions.read("99")).toBeNull();
  });
});
