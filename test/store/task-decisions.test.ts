import { beforeEach, describe, expect, it } from "@jest/globals";
import type { ChildType, DecisionCount } from "../../src/pipeline/store-port.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { decide } from "../../src/scoring/decision.ts";
import { createMoment } from "../../src/scoring/time/moment.ts";
import { eventually } from "../eventually.ts";
import { sampleRuleset } from "../scoring/sample-ruleset.ts";
import { countWaiting } from "./count-waiting.ts";
import { day, useDecisionStage } from "./decision-stage.ts";

describe("decisions", () => {
  const stage = useDecisionStage();

  describe("that end a task whose cause is gone", () => {
    beforeEach(async () => {
      await stage.save("10", 80);
      await stage.decideOn(0);
      await stage.save("10", 30);
      await stage.decideOn(1);
      await stage.deliver("10");
    });
    async function recover(days: number): Promise<DecisionCount> {
      await stage.save("10", 80);
      const count = await stage.decideOn(days);
      return count;
    }

    it("cancel it before it was made", async () => {
      expect(await recover(2)).toMatchObject({ closings: 1 });
      expect(await stage.tasksOf("10")).toEqual(["follow-up-10-1 cancelled"]);
    });

    it("have it closed where HubSpot has it", async () => {
      await stage.openTask("follow-up-10-1", 1);
      await recover(2);
      const [delivery] = await stage.store.deliveries.load(["10"]);
      expect(delivery?.tasks).toMatchObject([
        { state: "closing", taskId: "9001", closingReason: expect.stringContaining("80") },
      ]);
      expect(await stage.deliveries()).toEqual(["10"]);
    });

    it("have it closed later where it is on its way", async () => {
      await stage.store.deliveries.recordSending(["follow-up-10-1"], day(1));
      await recover(2);
      expect(await stage.tasksOf("10")).toEqual(["follow-up-10-1 sending"]);
      await stage.store.deliveries.recordCreated([{ key: "follow-up-10-1", taskId: "9001" }], day(2));
      expect(await stage.tasksOf("10")).toEqual(["follow-up-10-1 closing"]);
    });

    it("drop it where it was on its way and never came to HubSpot", async () => {
      await stage.store.deliveries.recordSending(["follow-up-10-1"], day(1));
      await recover(2);
      await stage.store.deliveries.recordNotSent([{ key: "follow-up-10-1", companyId: "10" }], day(2));
      expect(await stage.tasksOf("10")).toEqual(["follow-up-10-1 cancelled"]);
    });

    it.each(["sending", "closing"])("make the next one when the customer drops again while it is %s", async (state) => {
      await stage.store.deliveries.recordSending(["follow-up-10-1"], day(1));
      if (state === "closing")
        await stage.store.deliveries.recordCreated([{ key: "follow-up-10-1", taskId: "9001" }], day(1));
      await recover(2);
      await stage.save("10", 20);
      expect(await stage.decideOn(3)).toMatchObject({ tasks: 1 });
      expect(await stage.tasksOf("10")).toEqual([`follow-up-10-1 ${state}`, "follow-up-10-2 planned"]);
    });

    it("leave one that a person has touched, and stay quiet about it", async () => {
      await stage.openTask("follow-up-10-1", 1);
      await stage.store.deliveries.recordSeen([{ key: "follow-up-10-1", state: "taken" }], day(1));
      expect(await recover(2)).toMatchObject({ closings: 0 });
      await stage.deliver("10");
      expect(await stage.decideOn(3)).toMatchObject({ closings: 0 });
      expect(await stage.deliveries()).toEqual([]);
      expect(await stage.tasksOf("10")).toEqual(["follow-up-10-1 taken"]);
      await stage.save("10", 20);
      expect(await stage.decideOn(4)).toMatchObject({ tasks: 0 });
    });

    it("are not made again for a task that a person has done, until the customer drops again", async () => {
      await stage.openTask("follow-up-10-1", 1);
      await stage.store.deliveries.recordSeen([{ key: "follow-up-10-1", state: "done" }], day(1));
      await stage.save("10", 20);
      expect(await stage.decideOn(2)).toMatchObject({ tasks: 0 });
      await recover(3);
      await stage.save("10", 20);
      expect(await stage.decideOn(4)).toMatchObject({ tasks: 1 });
      expect(await stage.tasksOf("10")).toEqual(["follow-up-10-1 done", "follow-up-10-2 planned"]);
    });
  });

  it("make tasks on purpose for those who are in the band already, once", async () => {
    await stage.save("10", 30);
    await stage.save("11", 80);
    await stage.decideOn(0, ["10", "11"]);
    expect(await stage.decideOn(1, ["10", "11"], { tasksForCurrent: true })).toMatchObject({ tasks: 1 });
    expect(await stage.decideOn(1, ["10", "11"], { tasksForCurrent: true })).toMatchObject({ tasks: 0 });
  });

  it("of two runs at once over the same companies are made once", async () => {
    const ids = Array.from({ length: 8 }, (_, n) => String(20 + n));
    for (const id of ids) await stage.save(id, 80);
    await stage.decideOn(0, ids);
    for (const id of ids) await stage.save(id, 30);
    const client = await stage.database.pool.connect();
    await client.query("begin");
    await client.query("select 1 from companies where id = any ($1) for no key update", [ids]);
    const runs = [ids, ids.toReversed(), ids].map((some) => stage.decideOn(1, some));
    await eventually(async () => expect(await countWaiting(stage.database.pool)).toBe(3));
    await client.query("commit");
    client.release();
    const counts = await Promise.all(runs);
    expect(counts.map(({ tasks }) => tasks).toSorted((a, b) => b - a)).toEqual([8, 0, 0]);
    const { rows } = await stage.database.pool.query("select key from tasks");
    expect(rows).toHaveLength(8);
  });

  it("keep a task whose text was cut in the middle of a character", async () => {
    await stage.save("10", 80);
    await stage.decideOn(0);
    await stage.save("10", 30);
    const cut = { subject: "Ring 😀".slice(0, -1) };
    const rules = compileRuleset(sampleRuleset());
    const moment = createMoment(day(1), rules.calendar, new Set());
    const owners = { active: new Set<string>(), idByEmail: new Map<string, string>() };
    const options = { tasksForCurrent: false, cutPoints: new Map() };
    const context = {
      rulesetHash: "first",
      unreadable: new Set<ChildType>(),
      linked: new Set<ChildType>(),
      priority: "sweep" as const,
      now: day(1),
    };
    await stage.store.decisions.decideEach(
      ["10"],
      ({ facts, prior }) => {
        const decision = decide(rules, facts, prior, moment, owners, options);
        return { ...decision, tasks: decision.tasks.map((task) => ({ ...task, ...cut })) };
      },
      context,
    );
    expect((await stage.store.deliveries.load(["10"]))[0]?.tasks[0]?.task.subject).toBe("Ring \uFFFD");
  });
});
