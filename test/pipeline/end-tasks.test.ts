import { beforeEach, describe, expect, it } from "@jest/globals";
import { lostAnswer } from "../fakes/fake-hubspot.ts";
import { useTaskStage } from "./task-stage.ts";

const KEY = "follow-up-10-1";

describe("ending tasks", () => {
  const stage = useTaskStage();

  describe("when the customer recovers", () => {
    it("closes a task that is as we wrote it, with the reason", async () => {
      await stage.drop("10");
      await stage.deliver();
      await stage.recover("10");
      await stage.deliver();
      expect(stage.atHubSpot()).toMatchObject([
        { status: "COMPLETED", body: expect.stringMatching(/Urgent tickets[^]*\n\n.*Healthy/) },
      ]);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} closed`]);
    });

    it("makes none that was not made yet", async () => {
      await stage.drop("10");
      await stage.recover("10");
      await stage.pipeline.workOff(stage.context);
      expect(stage.atHubSpot()).toEqual([]);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} cancelled`]);
    });

    it.each([
      ["with the answer lost after it was made", "after" as const, 1, "closed"],
      ["without its being made", "before" as const, 0, "cancelled"],
    ])("while it is on its way, %s, ends it", async (_how, when, made, state) => {
      await stage.drop("10");
      stage.pipeline.hubspot.failNext("createTasks", lostAnswer(), when);
      await expect(stage.deliver()).rejects.toThrow();
      await stage.recover("10");
      await stage.pipeline.workOff(stage.context);
      expect(stage.atHubSpot().filter(({ status }) => status === "COMPLETED")).toHaveLength(made);
      expect(stage.atHubSpot()).toHaveLength(made);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} ${state}`]);
    });

    it.each([
      ["began", { status: "IN_PROGRESS" as const }, "taken"],
      ["rewrote", { subject: "Mine now" }, "taken"],
      ["took over", { ownerId: "8" }, "taken"],
      ["put off", { dueAt: new Date("2027-01-01T08:00:00Z") }, "taken"],
      ["completed", { status: "COMPLETED" as const }, "done"],
    ])("leaves a task that a person %s", async (_what, touch, state) => {
      await stage.drop("10");
      await stage.deliver();
      const taskId = stage.atHubSpot()[0]?.taskId ?? "";
      stage.pipeline.hubspot.portal.changeTask(taskId, touch);
      const before = stage.pipeline.hubspot.portal.tasks.get(taskId);
      await stage.recover("10");
      await stage.pipeline.workOff(stage.context);
      expect(stage.pipeline.hubspot.portal.tasks.get(taskId)).toEqual(before);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} ${state}`]);
    });

    it("tries again to close a task when HubSpot does not take that, and gives up in the end", async () => {
      await stage.drop("10");
      await stage.deliver();
      stage.pipeline.hubspot.refuse(stage.atHubSpot()[0]?.taskId ?? "");
      await stage.recover("10");
      await stage.pipeline.workOff(stage.context);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} closing`]);
      const { rows } = await stage.pipeline.database.pool.query("select key, attempts from dead_letters");
      expect(rows).toEqual([{ key: "10", attempts: 5 }]);
    });
  });

  it("closes the task of a customer that left", async () => {
    await stage.drop("10");
    await stage.deliver();
    await stage.decide("10", "left");
    await stage.deliver();
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} closed`]);
    expect(await stage.pipeline.valueOf("10", "band")).toBe("churned");
  });

  describe("follows what people do", () => {
    beforeEach(async () => {
      await stage.drop("10");
      await stage.deliver();
    });
    const taskId = () => stage.atHubSpot()[0]?.taskId ?? "";

    it("told by a webhook, of a task that is ours", async () => {
      stage.pipeline.hubspot.portal.changeTask(taskId(), { status: "COMPLETED" });
      await stage.pipeline.hint(`task:${taskId()}`);
      await stage.pipeline.workOff(stage.context);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} done`]);
    });

    it("without a look at tasks that are not ours", async () => {
      stage.pipeline.hubspot.calls.length = 0;
      await stage.pipeline.hint("task:77");
      await stage.pipeline.workOff(stage.context);
      expect(stage.pipeline.hubspot.calls).toEqual([]);
    });

    it("each night, and makes no task again that was deleted, until the customer drops again", async () => {
      stage.pipeline.hubspot.portal.tasks.delete(taskId());
      await stage.pipeline.sweep(stage.context);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} done`]);
      await stage.recover("10");
      await stage.drop("10");
      await stage.pipeline.workOff(stage.context);
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} done`, "follow-up-10-2 open"]);
    });
  });
});
