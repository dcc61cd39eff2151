import { describe, expect, it } from "@jest/globals";
import { HubSpotClosed, HubSpotUnauthorized } from "../../src/pipeline/hubspot-errors.ts";
import type { HubSpotPort } from "../../src/pipeline/hubspot-port.ts";
import { lostAnswer, unavailable } from "../fakes/fake-hubspot.ts";
import { useTaskStage } from "./task-stage.ts";

const KEY = "follow-up-10-1";

describe("making tasks", () => {
  const stage = useTaskStage();

  it("makes the task of a drop as it was planned", async () => {
    await stage.drop("10");
    await stage.deliver();
    expect(stage.atHubSpot()).toMatchObject([
      { key: KEY, status: "NOT_STARTED", subject: "Company 10: 20 (-75)", ownerId: "7", dueAt: expect.any(Date) },
    ]);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
    await stage.pipeline.workOff(stage.context);
    expect(stage.creations()).toBe(1);
  });

  it("keeps the key before it asks HubSpot", async () => {
    await stage.drop("10");
    const states: string[][] = [];
    const createTasks: HubSpotPort["createTasks"] = async (tasks) => {
      states.push(await stage.pipeline.tasks());
      return stage.pipeline.hubspot.port.createTasks(tasks);
    };
    await stage.deliver(createTasks);
    expect(states).toEqual([[`${KEY} sending`]]);
  });

  it("makes none that was cancelled after it was loaded", async () => {
    await stage.drop("10");
    const { hubspot } = stage.context;
    const updateCompanies: HubSpotPort["updateCompanies"] = async (updates) => {
      await stage.recover("10");
      return hubspot.updateCompanies(updates);
    };
    await stage.pipeline.workOn({ ...stage.context, hubspot: { ...hubspot, updateCompanies } }, "deliver");
    await stage.pipeline.workOff(stage.context);
    expect(stage.creations()).toBe(0);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} cancelled`]);

    await stage.drop("10");
    await stage.pipeline.workOff(stage.context);
    expect(stage.atHubSpot()).toMatchObject([{ key: "follow-up-10-2" }]);
  });

  it("makes none that another has begun to make after it was loaded", async () => {
    await stage.drop("10");
    const { hubspot, store, now } = stage.context;
    const updateCompanies: HubSpotPort["updateCompanies"] = async (updates) => {
      await store.deliveries.recordSending([KEY], now());
      return hubspot.updateCompanies(updates);
    };
    await stage.pipeline.workOn({ ...stage.context, hubspot: { ...hubspot, updateCompanies } }, "deliver");
    expect(stage.creations()).toBe(0);
  });

  it("makes later those that HubSpot did not make now, keeps those that it did, and counts no attempt", async () => {
    await stage.drop("10");
    await stage.drop("11");
    const createTasks: HubSpotPort["createTasks"] = async (tasks) => {
      const made = await stage.pipeline.hubspot.port.createTasks(tasks.filter(({ companyId }) => companyId === "10"));
      return { ...made, notMade: tasks.filter(({ companyId }) => companyId === "11").map(({ key }) => key) };
    };
    await stage.deliver(createTasks);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`, "follow-up-11-1 planned"]);
    const { rows } = await stage.pipeline.database.pool.query("select key, attempts, lease from work");
    expect(rows).toEqual([{ key: "11", attempts: 0, lease: null }]);
    await stage.pipeline.workOff(stage.context);
    expect(stage.atHubSpot("11")).toHaveLength(1);
    expect(stage.atHubSpot("10")).toHaveLength(1);
  });

  it("looks for a task of which it is unclear whether it was made, and makes no other", async () => {
    await stage.drop("10");
    await stage.deliver(async (tasks) => {
      const { created } = await stage.pipeline.hubspot.port.createTasks(tasks);
      return { created: [], refused: [], notMade: [], unclear: created.map(({ key }) => key) };
    });
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} sending`]);
    await stage.pipeline.workOff(stage.context);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
    expect(stage.creations()).toBe(1);
  });

  it("plans anew, without looking for it, what was not sent because the portal is closed", async () => {
    await stage.drop("10");
    const until = new Date("2026-10-01T22:00:00Z");
    const closed = { call: "POST /fake", reason: "day", until, retryAfterMs: 60_000 } as const;
    stage.pipeline.hubspot.failNext("createTasks", new HubSpotClosed("not sent", closed));
    await expect(stage.deliver()).rejects.toThrow("not sent");
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} planned`]);
    await stage.pipeline.workOff(stage.context);
    expect(stage.atHubSpot()).toHaveLength(1);
    expect(stage.pipeline.hubspot.calls).not.toContain("findTasks");
  });

  describe("when the answer to its making", () => {
    it("is lost after HubSpot has made it, finds it by its key, and makes no other", async () => {
      await stage.drop("10");
      stage.pipeline.hubspot.failNext("createTasks", lostAnswer(), "after");
      await expect(stage.deliver()).rejects.toThrow();
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} sending`]);
      await stage.pipeline.workOff(stage.context);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
      expect(stage.atHubSpot()).toHaveLength(1);
      expect(stage.creations()).toBe(1);
    });

    it.each([null, 502, 429])(
      "says that HubSpot did not make it (%s), asks again only when that is certain",
      async (status) => {
        await stage.drop("10");
        stage.pipeline.hubspot.failNext("createTasks", unavailable(status));
        await expect(stage.deliver()).rejects.toThrow();
        const failedAt = stage.pipeline.clock.instant.getTime();

        stage.pipeline.clock.advance(29_900);
        await stage.deliver();
        expect(stage.creations()).toBe(1);
        await stage.pipeline.workOff(stage.context);
        expect(stage.pipeline.clock.instant.getTime() - failedAt).toBeGreaterThanOrEqual(60_000);
        expect(stage.creations()).toBe(2);
        expect(stage.atHubSpot()).toHaveLength(1);
        expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
      },
    );

    it("is a limit that came after some of many were made, makes none twice", async () => {
      await stage.drop("10");
      await stage.drop("11");
      const createTasks: HubSpotPort["createTasks"] = async (tasks) => {
        await stage.pipeline.hubspot.port.createTasks(tasks.slice(0, 1));
        throw unavailable(429);
      };
      await expect(stage.deliver(createTasks)).rejects.toThrow("429");
      await stage.pipeline.workOff(stage.context);
      expect([stage.atHubSpot("10").length, stage.atHubSpot("11").length]).toEqual([1, 1]);
    });

    it("never comes because we died, looks first", async () => {
      await stage.drop("10");
      const died = new Error("killed");
      const createTasks: HubSpotPort["createTasks"] = async (tasks) => {
        await stage.pipeline.hubspot.port.createTasks(tasks);
        throw died;
      };
      await expect(stage.deliver(createTasks)).rejects.toBe(died);
      await stage.pipeline.workOff(stage.context);
      expect(stage.atHubSpot()).toHaveLength(1);
    });

    it("never comes because we were killed while HubSpot was still at it, makes no second one", async () => {
      await stage.drop("10");
      const sentAt = stage.pipeline.clock.instant.getTime();
      const killed = new Error("killed");
      const { store, hubspot } = stage.context;
      // Whoever is killed keeps nothing any more, also not that the call has ended.
      const deliveries = { ...store.deliveries, recordUnclear: () => Promise.reject(killed) };
      const dying = { ...hubspot, createTasks: () => Promise.reject(killed) };
      const context = { ...stage.context, hubspot: dying, store: { ...store, deliveries } };
      await expect(stage.pipeline.workOn(context, "deliver")).rejects.toBe(killed);

      const [delivery] = await store.deliveries.load(["10"]);
      let underWay = delivery?.tasks ?? [];
      const arrive = () => {
        for (const { task } of underWay) stage.pipeline.hubspot.portal.addTask(task);
        underWay = [];
      };
      const findTasks: HubSpotPort["findTasks"] = async (companyIds) => {
        const found = await hubspot.findTasks(companyIds);
        if (stage.pipeline.clock.instant.getTime() - sentAt >= 18_000) arrive();
        return found;
      };
      await stage.pipeline.workOff({ ...stage.context, hubspot: { ...hubspot, findTasks } });
      arrive();
      expect(stage.atHubSpot()).toHaveLength(1);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
      // It was found at the next look, not only when not found would have meant not there.
      expect(stage.pipeline.clock.instant.getTime() - sentAt).toBeLessThan(60_000);
    });

    it("is that the token is refused, makes it once the token is mended", async () => {
      await stage.drop("10");
      stage.pipeline.hubspot.failNext(
        "createTasks",
        new HubSpotUnauthorized("401", { call: "POST /fake", correlationId: null }),
      );
      await expect(stage.deliver()).rejects.toBeInstanceOf(HubSpotUnauthorized);
      await stage.pipeline.workOff(stage.context);
      expect(stage.atHubSpot()).toHaveLength(1);
    });
  });

  it("waits from the end of slow calls on, not from their beginning", async () => {
    await stage.drop("10");
    const createTasks: HubSpotPort["createTasks"] = () => {
      stage.pipeline.clock.advance(40_000);
      return Promise.reject(lostAnswer());
    };
    await expect(stage.deliver(createTasks)).rejects.toThrow();
    await stage.deliver();
    expect(stage.creations()).toBe(0);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} sending`]);
  });
});
