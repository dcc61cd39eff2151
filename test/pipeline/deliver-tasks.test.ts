import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { HubSpotUnauthorized } from "../../src/pipeline/hubspot-errors.ts";
import type { PipelineContext } from "../../src/pipeline/pipeline-context.ts";
import { lostAnswer, unavailable } from "../fakes/fake-hubspot.ts";
import { putCompany } from "./customers.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

const KEY = "follow-up-10-1";

describe("delivering tasks", () => {
  let stage: PipelineStage;
  let context: PipelineContext;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    context = stage.context();
    for (const id of ["10", "11"]) putCompany(stage.hubspot, id, { hubspot_owner_id: "7" });
    await stage.sweep(context);
    stage.hubspot.calls.length = 0;
  });
  afterAll(() => stage.database.drop());

  /** Brings a company's new score to where only the delivery is left to be done. */
  async function decide(id: string, seats: string): Promise<void> {
    const churn = seats === "left" ? { churned_at: "2026-09-30" } : { seats, churned_at: null };
    putCompany(stage.hubspot, id, churn);
    await stage.hint(`company:${id}`);
    stage.clock.advance(1_000);
    await stage.workOn(context, "refresh");
    await stage.workOn(context, "rescore");
  }
  /** Without tickets half of the score is 100: this brings a ticket to every fall. */
  async function drop(id: string): Promise<void> {
    for (const n of ["1", "2"]) {
      const link = { type: "company" as const, id, primary: true };
      stage.hubspot.portal.put("ticket", `${id}${n}`, { hs_ticket_priority: "URGENT" }, [link]);
      await stage.hint(`ticket:${id}${n}`);
    }
    await decide(id, "40");
  }
  async function recover(id: string): Promise<void> {
    for (const n of ["1", "2"]) {
      stage.hubspot.portal.remove("ticket", `${id}${n}`);
      await stage.hint(`ticket:${id}${n}`);
    }
    await decide(id, "90");
  }
  const atHubSpot = (id = "10") => [...stage.hubspot.portal.tasks.values()].filter(({ companyId }) => companyId === id);
  const creations = () => stage.hubspot.calls.filter((call) => call === "createTasks").length;
  const deliver = () => stage.workOn(context, "deliver");

  it("makes the task of a drop as it was planned", async () => {
    await drop("10");
    await deliver();
    expect(atHubSpot()).toMatchObject([
      { key: KEY, status: "NOT_STARTED", subject: "Company 10: 20 (-75)", ownerId: "7", dueAt: expect.any(Date) },
    ]);
    expect(await stage.tasks()).toEqual([`${KEY} open`]);
    await stage.workOff(context);
    expect(creations()).toBe(1);
  });

  it("keeps the key before it asks HubSpot", async () => {
    await drop("10");
    const states: string[][] = [];
    const createTasks: typeof context.hubspot.createTasks = async (tasks) => {
      states.push(await stage.tasks());
      return stage.hubspot.port.createTasks(tasks);
    };
    await stage.workOn({ ...context, hubspot: { ...context.hubspot, createTasks } }, "deliver");
    expect(states).toEqual([[`${KEY} sending`]]);
  });

  it("makes the others when HubSpot refuses one, and does not make that one later", async () => {
    await drop("10");
    await drop("11");
    stage.hubspot.refuse("task of 10");
    await deliver();
    expect(await stage.tasks()).toEqual([`${KEY} refused`, "follow-up-11-1 open"]);
    const { rows } = await stage.database.pool.query(
      "select key, attempts, last_error from work where kind = 'deliver'",
    );
    expect(rows).toEqual([{ key: "10", attempts: 1, last_error: "INVALID_OWNER" }]);
    await stage.workOff(context);
    expect(creations()).toBe(1);
  });

  describe("when the answer to its making", () => {
    it("is lost after HubSpot has made it, finds it by its key, and makes no other", async () => {
      await drop("10");
      stage.hubspot.failNext("createTasks", lostAnswer(), "after");
      await expect(deliver()).rejects.toThrow();
      expect(await stage.tasks()).toEqual([`${KEY} sending`]);
      await stage.workOff(context);
      expect(await stage.tasks()).toEqual([`${KEY} open`]);
      expect(atHubSpot()).toHaveLength(1);
      expect(creations()).toBe(1);
    });

    it.each([null, 502, 429])(
      "says that HubSpot did not make it (%s), asks again only when that is certain",
      async (status) => {
        await drop("10");
        stage.hubspot.failNext("createTasks", unavailable(status));
        await expect(deliver()).rejects.toThrow();
        const failedAt = stage.clock.instant.getTime();

        stage.clock.advance(4_900);
        await deliver();
        expect(creations()).toBe(1);
        await stage.workOff(context);
        expect(stage.clock.instant.getTime() - failedAt).toBeGreaterThanOrEqual(5_000);
        expect(creations()).toBe(2);
        expect(atHubSpot()).toHaveLength(1);
        expect(await stage.tasks()).toEqual([`${KEY} open`]);
      },
    );

    it("is a limit that came after some of many were made, makes none twice", async () => {
      await drop("10");
      await drop("11");
      const createTasks: typeof context.hubspot.createTasks = async (tasks) => {
        await stage.hubspot.port.createTasks(tasks.slice(0, 1));
        throw unavailable(429);
      };
      const halfway = { ...context, hubspot: { ...context.hubspot, createTasks } };
      await expect(stage.workOn(halfway, "deliver")).rejects.toThrow("429");
      await stage.workOff(context);
      expect([atHubSpot("10").length, atHubSpot("11").length]).toEqual([1, 1]);
    });

    it("never comes because we died, looks first", async () => {
      await drop("10");
      const died = new Error("killed");
      const createTasks: typeof context.hubspot.createTasks = async (tasks) => {
        await stage.hubspot.port.createTasks(tasks);
        throw died;
      };
      await expect(stage.workOn({ ...context, hubspot: { ...context.hubspot, createTasks } }, "deliver")).rejects.toBe(
        died,
      );
      await stage.workOff(context);
      expect(atHubSpot()).toHaveLength(1);
    });

    it("is that the token is refused, makes it once the token is mended", async () => {
      await drop("10");
      stage.hubspot.failNext(
        "createTasks",
        new HubSpotUnauthorized("401", { call: "POST /fake", correlationId: null }),
      );
      await expect(deliver()).rejects.toBeInstanceOf(HubSpotUnauthorized);
      await stage.workOff(context);
      expect(atHubSpot()).toHaveLength(1);
    });
  });

  it("waits from the end of a slow call on, not from its beginning", async () => {
    await drop("10");
    const createTasks: typeof context.hubspot.createTasks = () => {
      stage.clock.advance(20_000);
      return Promise.reject(lostAnswer());
    };
    await expect(
      stage.workOn({ ...context, hubspot: { ...context.hubspot, createTasks } }, "deliver"),
    ).rejects.toThrow();
    await deliver();
    expect(creations()).toBe(0);
    expect(await stage.tasks()).toEqual([`${KEY} sending`]);
  });

  describe("when the customer recovers", () => {
    it("closes a task that is as we wrote it, with the reason", async () => {
      await drop("10");
      await deliver();
      await recover("10");
      await deliver();
      expect(atHubSpot()).toMatchObject([
        { status: "COMPLETED", body: expect.stringMatching(/Urgent tickets[^]*\n\n.*Healthy/) },
      ]);
      expect(await stage.tasks()).toEqual([`${KEY} closed`]);
    });

    it("makes none that was not made yet", async () => {
      await drop("10");
      await recover("10");
      await stage.workOff(context);
      expect(atHubSpot()).toEqual([]);
      expect(await stage.tasks()).toEqual([`${KEY} cancelled`]);
    });

    it.each([
      ["with the answer lost after it was made", "after" as const, 1, "closed"],
      ["without its being made", "before" as const, 0, "cancelled"],
    ])("while it is on its way, %s, ends it", async (_how, when, made, state) => {
      await drop("10");
      stage.hubspot.failNext("createTasks", lostAnswer(), when);
      await expect(deliver()).rejects.toThrow();
      await recover("10");
      await stage.workOff(context);
      expect(atHubSpot().filter(({ status }) => status === "COMPLETED")).toHaveLength(made);
      expect(atHubSpot()).toHaveLength(made);
      expect(await stage.tasks()).toEqual([`${KEY} ${state}`]);
    });

    it.each([
      ["began", { status: "IN_PROGRESS" as const }, "taken"],
      ["rewrote", { subject: "Mine now" }, "taken"],
      ["took over", { ownerId: "8" }, "taken"],
      ["put off", { dueAt: new Date("2027-01-01T08:00:00Z") }, "taken"],
      ["completed", { status: "COMPLETED" as const }, "done"],
    ])("leaves a task that a person %s", async (_what, touch, state) => {
      await drop("10");
      await deliver();
      const taskId = atHubSpot()[0]?.taskId ?? "";
      stage.hubspot.portal.changeTask(taskId, touch);
      const before = stage.hubspot.portal.tasks.get(taskId);
      await recover("10");
      await stage.workOff(context);
      expect(stage.hubspot.portal.tasks.get(taskId)).toEqual(before);
      expect(await stage.tasks()).toEqual([`${KEY} ${state}`]);
    });

    it("tries again to close a task when HubSpot does not take that, and gives up in the end", async () => {
      await drop("10");
      await deliver();
      stage.hubspot.refuse(atHubSpot()[0]?.taskId ?? "");
      await recover("10");
      await stage.workOff(context);
      expect(await stage.tasks()).toEqual([`${KEY} closing`]);
      const { rows } = await stage.database.pool.query("select key, attempts from dead_letters");
      expect(rows).toEqual([{ key: "10", attempts: 5 }]);
    });
  });

  it("closes the task of a customer that left", async () => {
    await drop("10");
    await deliver();
    await decide("10", "left");
    await deliver();
    expect(await stage.tasks()).toEqual([`${KEY} closed`]);
    expect(await stage.valueOf("10", "band")).toBe("churned");
  });

  describe("follows what people do", () => {
    beforeEach(async () => {
      await drop("10");
      await deliver();
    });
    const taskId = () => atHubSpot()[0]?.taskId ?? "";

    it("told by a webhook, of a task that is ours", async () => {
      stage.hubspot.portal.changeTask(taskId(), { status: "COMPLETED" });
      await stage.hint(`task:${taskId()}`);
      await stage.workOff(context);
      expect(await stage.tasks()).toEqual([`${KEY} done`]);
    });

    it("without a look at tasks that are not ours", async () => {
      stage.hubspot.calls.length = 0;
      await stage.hint("task:77");
      await stage.workOff(context);
      expect(stage.hubspot.calls).toEqual([]);
    });

    it("each night, and makes no task again that was deleted, until the customer drops again", async () => {
      stage.hubspot.portal.tasks.delete(taskId());
      await stage.sweep(context);
      expect(await stage.tasks()).toEqual([`${KEY} done`]);
      await recover("10");
      await drop("10");
      await stage.workOff(context);
      expect(await stage.tasks()).toEqual([`${KEY} done`, "follow-up-10-2 open"]);
    });
  });
});
