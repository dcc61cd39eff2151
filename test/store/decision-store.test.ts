import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { ChildType, CompanyState, DecisionCount, StorePort } from "../../src/pipeline/store-port.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { decide } from "../../src/scoring/decision.ts";
import { createMoment } from "../../src/scoring/moment.ts";
import type { Ruleset } from "../../src/scoring/ruleset.ts";
import { createStore } from "../../src/store/create-store.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { eventually } from "../eventually.ts";
import { sampleRuleset } from "../scoring/sample-ruleset.ts";
import { countWaiting } from "./count-waiting.ts";

const DAY_MS = 86_400_000;
const start = Date.parse("2026-10-01T08:00:00Z");
const day = (days: number) => new Date(start + days * DAY_MS);

describe("decisions", () => {
  let database: TestDatabase;
  let store: StorePort;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = createStore(database.pool);
  });
  beforeEach(() => database.pool.query("truncate work, companies, records, links, scores, score_history, tasks"));
  afterAll(() => database.drop());

  /** A company whose score is what is given, or unknown. */
  const save = (id: string, score: number | null, more: Record<string, string | null> = {}) => {
    const value = score === null ? null : String(score);
    const properties = { name: `Company ${id}`, lifecyclestage: "customer", seats: value, features: value, nps: value };
    return store.mirror.saveCompanies([{ id, properties: { ...properties, ...more } }], null, day(0));
  };

  function decideOn(
    days: number,
    ids: readonly string[] = ["10"],
    given: {
      ruleset?: Ruleset;
      tasksForCurrent?: boolean;
      unreadable?: ChildType[];
      look?: (state: CompanyState) => void;
    } = {},
  ): Promise<DecisionCount> {
    const { ruleset = sampleRuleset(), tasksForCurrent = false, unreadable = [], look } = given;
    const rules = compileRuleset(ruleset);
    const moment = createMoment(day(days), rules.calendar, new Set());
    const owners = { active: new Set<string>(), idByEmail: new Map<string, string>() };
    return store.decisions.decideEach(
      ids,
      (state) => {
        look?.(state);
        return decide(rules, state.facts, state.prior, moment, owners, { tasksForCurrent });
      },
      { rulesetHash: ruleset.hash, unreadable: new Set(unreadable), priority: "sweep", now: day(days) },
    );
  }

  async function deliveries(): Promise<string[]> {
    const { rows } = await database.pool.query<{ key: string }>(
      "delete from work where kind = 'deliver' returning key",
    );
    return rows.map(({ key }) => key).sort();
  }
  const historyOf = async (id: string) => {
    const { rows } = await database.pool.query<{ value: number | null; band: string }>(
      "select value, band from score_history where company_id = $1 order by at",
      [id],
    );
    return rows.map(({ value, band }) => `${value} ${band}`);
  };
  async function tasksOf(id: string): Promise<string[]> {
    const stored = await store.decisions.read(id);
    return stored?.tasks.map(({ key, state }) => `${key} ${state}`) ?? [];
  }
  /** HubSpot takes everything that is to be written for a company. */
  async function deliver(id: string): Promise<void> {
    await store.deliveries.recordWritten(await store.deliveries.load([id]));
    await deliveries();
  }
  const openTask = async (key: string, days: number) => {
    await store.deliveries.recordSending([key], day(days));
    await store.deliveries.recordCreated([{ key, taskId: "9001" }], day(days));
  };

  it("takes a first score as a baseline, and has it written", async () => {
    await save("10", 30);
    expect(await decideOn(0)).toEqual({ decided: 1, changed: 1, tasks: 0, closings: 0 });
    expect(await deliveries()).toEqual(["10"]);
    expect(await store.decisions.read("10")).toMatchObject({
      name: "Company 10",
      scores: [{ name: "health", band: "at_risk", at: day(0), rulesetHash: "first", detail: { score: { value: 30 } } }],
      values: { chs_health_score: "30", chs_health_band: "at_risk" },
      written: {},
      tasks: [],
    });
  });

  it("makes one task when a customer drops, and none while it stands", async () => {
    await save("10", 80);
    await decideOn(0);
    await deliver("10");
    await save("10", 30);
    expect(await decideOn(1)).toEqual({ decided: 1, changed: 1, tasks: 1, closings: 0 });
    expect(await deliveries()).toEqual(["10"]);
    const { rows } = await database.pool.query<{ planned: unknown }>("select planned from tasks");
    expect(rows).toMatchObject([{ planned: { companyId: "10", subject: "Company 10: 30 (-50)", priority: "HIGH" } }]);

    await save("10", 20);
    expect(await decideOn(2)).toMatchObject({ tasks: 0, changed: 1 });
    expect(await tasksOf("10")).toEqual(["follow-up-10-1 planned"]);
  });

  it("changes no row when nothing changed", async () => {
    await save("10", 80);
    await save("11", null);
    await save("12", 60, { churned_at: "2026-01-01" });
    await save("13", 60, { lifecyclestage: "lead" });
    await decideOn(0, ["10", "11", "12", "13"]);
    await save("10", 30);
    await decideOn(1, ["10", "11", "12", "13"]);
    for (const id of ["10", "11", "12", "13"]) await deliver(id);
    const everything = `select 'companies' as t, xmin, ctid, id::text as key from companies union all
      select 'scores', xmin, ctid, company_id from scores union all
      select 'score_history', xmin, ctid, company_id || at from score_history union all
      select 'tasks', xmin, ctid, key from tasks union all select 'work', xmin, ctid, key from work order by 1, 4`;
    const before = (await database.pool.query(everything)).rows;

    expect(await decideOn(1, ["10", "11", "12", "13"])).toEqual({ decided: 4, changed: 0, tasks: 0, closings: 0 });

    expect((await database.pool.query(everything)).rows).toEqual(before);
    expect(before.length).toBeGreaterThan(9);
  });

  it("marks a delivery until HubSpot took what is to be written", async () => {
    await save("10", 80);
    await decideOn(0);
    expect(await deliveries()).toEqual(["10"]);
    await decideOn(1);
    expect(await deliveries()).toEqual(["10"]);
    await deliver("10");
    await decideOn(2);
    expect(await deliveries()).toEqual([]);
  });

  it("marks no delivery for what stands beyond the values that the rules write now", async () => {
    await save("10", 80);
    await decideOn(0);
    const [delivery] = await store.deliveries.load(["10"]);
    await store.deliveries.recordWritten([{ companyId: "10", values: { ...delivery?.values, chs_health_old: "5" } }]);
    await deliveries();
    await decideOn(1);
    expect(await deliveries()).toEqual([]);
  });

  it("keeps history of another value, band or ruleset, and of nothing else", async () => {
    await save("10", 80);
    await decideOn(0);
    await decideOn(1);
    await save("10", 78);
    await decideOn(2);
    // Another way to the same score.
    await save("10", 78, { seats: "77", features: "79" });
    await decideOn(2.5);
    await save("10", null);
    await decideOn(3);
    await decideOn(4);
    await decideOn(5, ["10"], { ruleset: sampleRuleset({ hash: "second" }) });
    expect(await historyOf("10")).toEqual(["80 healthy", "78 healthy", "null unknown", "null unknown"]);
  });

  it("tells how the score stood 30 days before", async () => {
    const seen: (number | null | undefined)[] = [];
    const look = ({ prior }: CompanyState) => seen.push(prior.scores.get("health")?.valueAgo);
    for (const [days, score] of [
      [0, 80],
      [10, 70],
      [29, 60],
      [30, 60],
      [39, 60],
      [40, 60],
      [59, 60],
    ] as const) {
      await save("10", score);
      await decideOn(days, ["10"], { look });
    }
    expect(seen).toEqual([undefined, null, null, 80, 80, 70, 60]);
  });

  it("makes no task over another ruleset's score, nor over one that follows a time without a score", async () => {
    await save("10", 80);
    await decideOn(0);
    await save("10", 30);
    expect(await decideOn(1, ["10"], { ruleset: sampleRuleset({ hash: "second" }) })).toMatchObject({ tasks: 0 });
    await save("11", null);
    await decideOn(0, ["11"]);
    await save("11", 30);
    expect(await decideOn(1, ["11"])).toMatchObject({ tasks: 0 });
  });

  it("sees a drop across a time without a score", async () => {
    for (const [days, score] of [
      [0, 80],
      [1, null],
      [2, null],
    ] as const) {
      await save("10", score);
      await decideOn(days);
    }
    await save("10", 30);
    expect(await decideOn(3)).toMatchObject({ tasks: 1 });
  });

  describe("of a customer that left", () => {
    it("keep its scores in the band churned, and close its tasks", async () => {
      await save("10", 80);
      await decideOn(0);
      await save("10", 30);
      await decideOn(1);
      await openTask("follow-up-10-1", 1);
      await deliver("10");
      await save("10", 30, { churned_at: "2026-10-02" });

      expect(await decideOn(2)).toEqual({ decided: 1, changed: 1, tasks: 0, closings: 1 });

      const stored = await store.decisions.read("10");
      expect(stored).toMatchObject({
        scores: [{ band: "churned", detail: { score: { value: 30 } } }],
        values: { chs_health_score: "30", chs_health_band: "churned" },
      });
      expect(await tasksOf("10")).toEqual(["follow-up-10-1 closing"]);
      expect(await deliveries()).toEqual(["10"]);
      expect(await historyOf("10")).toEqual(["80 healthy", "30 at_risk", "30 churned"]);
      expect(await store.decisions.countByBand("health")).toEqual([{ band: "churned", companies: 1 }]);
    });

    it("count it as churned also when it was never scored", async () => {
      await save("10", 30, { churned_at: "2026-10-02" });
      await decideOn(0);
      await decideOn(1);
      expect(await store.decisions.countByBand("health")).toEqual([{ band: "churned", companies: 1 }]);
      expect(await historyOf("10")).toEqual(["null churned"]);
      expect((await store.decisions.read("10"))?.values).toEqual({ chs_health_band: "churned" });
    });

    it("start anew when it returns", async () => {
      await save("10", 80);
      await decideOn(0);
      await save("10", 80, { churned_at: "2026-10-02" });
      await decideOn(1);
      await save("10", 30, { churned_at: null });
      expect(await decideOn(2)).toMatchObject({ tasks: 0 });
      expect(await store.decisions.countByBand("health")).toEqual([{ band: "at_risk", companies: 1 }]);
    });
  });

  it("forget the scores of a company that is no customer any more, and end its tasks", async () => {
    await save("10", 80);
    await decideOn(0);
    await save("10", 30);
    await decideOn(1);
    await deliver("10");
    await save("10", 30, { lifecyclestage: "other" });
    expect(await decideOn(2)).toEqual({ decided: 1, changed: 0, tasks: 0, closings: 1 });
    expect(await tasksOf("10")).toEqual(["follow-up-10-1 cancelled"]);
    expect(await store.decisions.countByBand("health")).toEqual([]);
    expect(await decideOn(3)).toEqual({ decided: 1, changed: 0, tasks: 0, closings: 0 });
  });

  describe("that end a task whose cause is gone", () => {
    beforeEach(async () => {
      await save("10", 80);
      await decideOn(0);
      await save("10", 30);
      await decideOn(1);
      await deliver("10");
    });
    async function recover(days: number): Promise<DecisionCount> {
      await save("10", 80);
      const count = await decideOn(days);
      return count;
    }

    it("cancel it before it was made", async () => {
      expect(await recover(2)).toMatchObject({ closings: 1 });
      expect(await tasksOf("10")).toEqual(["follow-up-10-1 cancelled"]);
    });

    it("have it closed where HubSpot has it", async () => {
      await openTask("follow-up-10-1", 1);
      await recover(2);
      const [delivery] = await store.deliveries.load(["10"]);
      expect(delivery?.tasks).toMatchObject([
        { state: "closing", taskId: "9001", closingReason: expect.stringContaining("80") },
      ]);
      expect(await deliveries()).toEqual(["10"]);
    });

    it("have it closed later where it is on its way", async () => {
      await store.deliveries.recordSending(["follow-up-10-1"], day(1));
      await recover(2);
      expect(await tasksOf("10")).toEqual(["follow-up-10-1 sending"]);
      await store.deliveries.recordCreated([{ key: "follow-up-10-1", taskId: "9001" }], day(2));
      expect(await tasksOf("10")).toEqual(["follow-up-10-1 closing"]);
    });

    it("drop it where it was on its way and never came to HubSpot", async () => {
      await store.deliveries.recordSending(["follow-up-10-1"], day(1));
      await recover(2);
      await store.deliveries.recordNotSent(["follow-up-10-1"], day(2));
      expect(await tasksOf("10")).toEqual(["follow-up-10-1 cancelled"]);
    });

    it.each(["sending", "closing"])("make the next one when the customer drops again while it is %s", async (state) => {
      await store.deliveries.recordSending(["follow-up-10-1"], day(1));
      if (state === "closing")
        await store.deliveries.recordCreated([{ key: "follow-up-10-1", taskId: "9001" }], day(1));
      await recover(2);
      await save("10", 20);
      expect(await decideOn(3)).toMatchObject({ tasks: 1 });
      expect(await tasksOf("10")).toEqual([`follow-up-10-1 ${state}`, "follow-up-10-2 planned"]);
    });

    it("leave one that a person has touched, and stay quiet about it", async () => {
      await openTask("follow-up-10-1", 1);
      await store.deliveries.recordSeen([{ key: "follow-up-10-1", state: "taken" }], day(1));
      expect(await recover(2)).toMatchObject({ closings: 0 });
      await deliver("10");
      expect(await decideOn(3)).toMatchObject({ closings: 0 });
      expect(await deliveries()).toEqual([]);
      expect(await tasksOf("10")).toEqual(["follow-up-10-1 taken"]);
      await save("10", 20);
      expect(await decideOn(4)).toMatchObject({ tasks: 0 });
    });

    it("are not made again for a task that a person has done, until the customer drops again", async () => {
      await openTask("follow-up-10-1", 1);
      await store.deliveries.recordSeen([{ key: "follow-up-10-1", state: "done" }], day(1));
      await save("10", 20);
      expect(await decideOn(2)).toMatchObject({ tasks: 0 });
      await recover(3);
      await save("10", 20);
      expect(await decideOn(4)).toMatchObject({ tasks: 1 });
      expect(await tasksOf("10")).toEqual(["follow-up-10-1 done", "follow-up-10-2 planned"]);
    });
  });

  it("make tasks on purpose for those who are in the band already, once", async () => {
    await save("10", 30);
    await save("11", 80);
    await decideOn(0, ["10", "11"]);
    expect(await decideOn(1, ["10", "11"], { tasksForCurrent: true })).toMatchObject({ tasks: 1 });
    expect(await decideOn(1, ["10", "11"], { tasksForCurrent: true })).toMatchObject({ tasks: 0 });
  });

  it("of two runs at once over the same companies are made once", async () => {
    const ids = Array.from({ length: 8 }, (_, n) => String(20 + n));
    for (const id of ids) await save(id, 80);
    await decideOn(0, ids);
    for (const id of ids) await save(id, 30);
    const client = await database.pool.connect();
    await client.query("begin");
    await client.query("select 1 from companies where id = any ($1) for no key update", [ids]);
    const runs = [ids, ids.toReversed(), ids].map((some) => decideOn(1, some));
    await eventually(async () => expect(await countWaiting(database.pool)).toBe(3));
    await client.query("commit");
    client.release();
    const counts = await Promise.all(runs);
    expect(counts.map(({ tasks }) => tasks).toSorted((a, b) => b - a)).toEqual([8, 0, 0]);
    const { rows } = await database.pool.query("select key from tasks");
    expect(rows).toHaveLength(8);
  });

  it("are all undone when one of them throws", async () => {
    await save("10", 80);
    await save("11", 80);
    const failure = new Error("a rule went wrong");
    const look = ({ facts }: CompanyState) => {
      if (facts.companyId === "11") throw failure;
    };
    await expect(decideOn(0, ["10", "11"], { look })).rejects.toBe(failure);
    expect((await store.decisions.read("10"))?.scores).toEqual([]);
  });

  it("start from a company's own records, and from nothing of a type that cannot be read", async () => {
    await save("10", 80);
    await save("11", 80);
    for (const [id, company] of [
      ["1", "10"],
      ["2", "10"],
      ["3", "11"],
    ] as const) {
      const links = [{ toType: "company" as const, toId: company, primary: true }];
      await store.mirror.saveRecords("ticket", [{ id, properties: { subject: id }, links }], null, day(0));
    }
    const seen: CompanyState["facts"][] = [];
    const look = ({ facts }: CompanyState) => seen.push(facts);
    await decideOn(0, ["11", "10", "99"], { look });
    await decideOn(0, ["10"], { look, unreadable: ["ticket"] });
    expect(seen).toMatchObject([
      { companyId: "10", contacts: [], tickets: [{ subject: "1" }, { subject: "2" }], invoices: [] },
      { companyId: "11", tickets: [{ subject: "3" }] },
      { companyId: "10", contacts: [], tickets: null, invoices: [] },
    ]);
  });

  it("know nothing of a company that is not mirrored", async () => {
    expect(await decideOn(0, ["99"])).toEqual({ decided: 0, changed: 0, tasks: 0, closings: 0 });
    expect(await store.decisions.read("99")).toBeNull();
  });

  it("keep a task whose text was cut in the middle of a character", async () => {
    await save("10", 80);
    await decideOn(0);
    await save("10", 30);
    const cut = { subject: "Ring 😀".slice(0, -1) };
    const rules = compileRuleset(sampleRuleset());
    const moment = createMoment(day(1), rules.calendar, new Set());
    const owners = { active: new Set<string>(), idByEmail: new Map<string, string>() };
    const context = { rulesetHash: "first", unreadable: new Set<ChildType>(), priority: "sweep" as const, now: day(1) };
    await store.decisions.decideEach(
      ["10"],
      ({ facts, prior }) => {
        const decision = decide(rules, facts, prior, moment, owners, { tasksForCurrent: false });
        return { ...decision, tasks: decision.tasks.map((task) => ({ ...task, ...cut })) };
      },
      context,
    );
    expect((await store.deliveries.load(["10"]))[0]?.tasks[0]?.task.subject).toBe("Ring \uFFFD");
  });
});
