import { describe, expect, it } from "@jest/globals";
import { eventually } from "../eventually.ts";
import { samplePlay, sampleRuleset } from "../scoring/sample-ruleset.ts";
import { countWaiting } from "./count-waiting.ts";
import { day, useDecisionStage } from "./decision-stage.ts";

// A Thursday; the week began on Monday.
const weekStart = new Date("2026-09-27T22:00:00Z");
const slug = "follow-up";

describe("the admission of tasks", () => {
  const stage = useDecisionStage();
  const play = samplePlay({ weeklyCapacity: 2 });
  const ruleset = sampleRuleset({ plays: [play] });
  const admit = (weeklyCapacity: number | null, start = weekStart, days = 1) =>
    stage.store.admissions.admit({
      plays: [{ slug, score: "health", weeklyCapacity }],
      weekStart: start,
      dueAfter: (workingDays) => day(days + workingDays),
      priority: "sweep",
      now: day(days),
    });
  const inState = async (state: string) => {
    const { rows } = await stage.database.pool.query<{ company_id: string }>(
      "select company_id from tasks where state = $1 order by company_id",
      [state],
    );
    return rows.map((row) => row.company_id);
  };
  /** Customers with a task that waits, by the score that they fell to. */
  async function fall(scores: Record<string, number>, more: Partial<typeof play> = {}): Promise<void> {
    const ids = Object.keys(scores);
    const given = { ruleset: { ...ruleset, plays: [{ ...play, ...more }] } };
    for (const id of ids) await stage.save(id, 80);
    await stage.decideOn(0, ids, given);
    for (const id of ids) await stage.save(id, scores[id] ?? null);
    await stage.decideOn(1, ids, given);
    await stage.deliveries();
  }

  it("lets as many through as fit into the week, the highest rank first", async () => {
    await fall({ 10: 40, 11: 10, 12: 30, 13: 20 });
    expect(await inState("waiting")).toEqual(["10", "11", "12", "13"]);
    expect(await admit(2)).toBe(2);
    expect(await inState("planned")).toEqual(["11", "13"]);
    expect(await stage.deliveries()).toEqual(["11", "13"]);
    expect(await admit(2)).toBe(0);
    expect(await admit(3)).toBe(1);
    expect(await inState("planned")).toEqual(["11", "12", "13"]);
  });

  it("counts what was made at once earlier in the week, while there was no capacity", async () => {
    await fall({ 10: 40, 11: 30, 12: 20 }, { weeklyCapacity: null });
    await stage.database.pool.query("update tasks set state = 'cancelled' where company_id = '12'");
    await fall({ 13: 10, 14: 20 });
    expect(await admit(2)).toBe(0);
    expect(await admit(3)).toBe(1);
    expect(await admit(2, new Date("2026-10-04T22:00:00Z"), 5)).toBe(1);
  });

  it("begins anew each week", async () => {
    await fall({ 10: 40, 11: 10 });
    expect(await admit(1)).toBe(1);
    expect(await admit(1, new Date("2026-10-04T22:00:00Z"), 5)).toBe(1);
    expect(await inState("planned")).toEqual(["10", "11"]);
  });

  it("lets all through where the play knows no capacity any more, and none of another play", async () => {
    await fall({ 10: 40, 11: 10 });
    const other = [{ slug: "other", score: "health", weeklyCapacity: null }];
    const request = { plays: other, weekStart, dueAfter: day, priority: "sweep" as const, now: day(1) };
    expect(await stage.store.admissions.admit(request)).toBe(0);
    expect(await admit(null)).toBe(2);
  });

  it("goes by the id of the company where ranks are equal", async () => {
    await fall({ 12: 40, 10: 40, 11: 40 });
    await admit(2);
    expect(await inState("planned")).toEqual(["10", "11"]);
  });

  it("gives each of a team the turn, going on where it ended", async () => {
    await fall({ 10: 40, 11: 10, 12: 20 });
    await stage.database.pool.query(`update tasks set planned = planned || '{"team": ["8", "9"]}'`);
    await admit(1);
    await admit(3);
    const { rows } = await stage.database.pool.query(
      "select company_id as id, planned->>'ownerId' as owner from tasks order by admitted_at, (planned->>'rank')::int desc",
    );
    expect(rows).toEqual([
      { id: "11", owner: "8" },
      { id: "12", owner: "9" },
      { id: "10", owner: "8" },
    ]);
  });

  it("counts two at once one after the other", async () => {
    await fall({ 10: 40, 11: 10, 12: 20 });
    const { pool } = stage.database;
    const client = await pool.connect();
    await client.query("begin; select 1 from tasks where company_id = '11' for update");
    const first = admit(1);
    await eventually(async () => expect(await countWaiting(pool)).toBe(1));
    await pool.query(`update tasks set planned = planned || '{"rank": 99}' where company_id = '12'`);
    const second = admit(1);
    await eventually(async () => expect(await countWaiting(pool)).toBe(2));
    await client.query("commit");
    client.release();
    expect(await Promise.all([first, second])).toEqual([1, 0]);
  });

  describe("of a task that waits", () => {
    it("is by what was decided last", async () => {
      await fall({ 10: 40, 11: 30 });
      await stage.save("10", 5);
      await stage.decideOn(2, ["10", "11"], { ruleset });
      await admit(1);
      expect(await inState("planned")).toEqual(["10"]);
      expect((await stage.store.deliveries.load(["10"]))[0]?.tasks).toMatchObject([
        { task: { subject: "Company 10: 5 (-75)" } },
      ]);
    });

    it("does not come while its score is not known, and does when it is again", async () => {
      await fall({ 10: 40, 11: 30 });
      await stage.save("11", null);
      await stage.decideOn(2, ["11"], { ruleset });
      expect(await admit(2)).toBe(1);
      expect(await inState("waiting")).toEqual(["11"]);
      await stage.save("11", 35);
      await stage.decideOn(3, ["11"], { ruleset });
      expect(await admit(2)).toBe(1);
    });

    it("waits for a decision that is being made, and does not come if that makes the score unknown", async () => {
      await fall({ 10: 40 });
      const { pool } = stage.database;
      const client = await pool.connect();
      await client.query("begin; select 1 from companies where id = '10' for no key update");
      await client.query("update scores set value = null, band = 'unknown' where company_id = '10'");
      const admitted = admit(2);
      await eventually(async () => expect(await countWaiting(pool)).toBe(1));
      await client.query("commit");
      client.release();
      expect(await admitted).toBe(0);
      expect(await inState("waiting")).toEqual(["10"]);
    });

    it("sets when it is due, counted from the admission; nothing is written for that before", async () => {
      await fall({ 10: 40 });
      await stage.decideOn(2, ["10"], { ruleset });
      const { rows } = await stage.database.pool.query("select changed_at from tasks");
      expect(rows).toEqual([{ changed_at: day(1) }]);
      await admit(2, weekStart, 3);
      expect((await stage.store.deliveries.load(["10"]))[0]?.tasks).toMatchObject([{ task: { dueAt: day(5) } }]);
    });

    it("comes last to one without a rank", async () => {
      await fall({ 10: 40, 11: 30 });
      await stage.database.pool.query(`update tasks set planned = planned || '{"rank": null}' where company_id = '11'`);
      await admit(1);
      expect(await inState("planned")).toEqual(["10"]);
    });

    it("does not come to one whose customer recovered, or is gone", async () => {
      await fall({ 10: 40, 11: 30 });
      await stage.save("10", 80);
      await stage.decideOn(2, ["10"], { ruleset });
      await stage.store.mirror.removeCompanies(["11"], "sweep", day(2));
      expect(await inState("cancelled")).toEqual(["10", "11"]);
      expect(await admit(2)).toBe(0);
    });
  });
});
