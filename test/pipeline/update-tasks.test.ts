import { beforeEach, describe, expect, it } from "@jest/globals";
import type { HubSpotPort } from "../../src/pipeline/hubspot-port.ts";
import { samplePlay } from "../scoring/sample-ruleset.ts";
import { lostAnswer } from "../fakes/fake-hubspot.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { useTaskStage } from "./task-stage.ts";

const KEY = "follow-up-10-1";
const escalations = [{ when: [{ field: "seats", test: { kind: "under" as const, than: 20 } }], dueWorkingDays: 0 }];

describe("updating tasks", () => {
  const stage = useTaskStage(pipelineRules({ plays: [samplePlay({ task: { escalations } })] }));

  beforeEach(async () => {
    await stage.drop("10");
    await stage.deliver();
    await stage.decide("10", "10");
  });
  const task = () => stage.atHubSpot()[0];
  const dueAt = (text: string) => ({ dueAt: new Date(text) });
  const before = dueAt("2026-10-05T15:00:00Z");
  const after = dueAt("2026-10-01T15:00:00Z");
  const updates = () => stage.pipeline.hubspot.calls.filter((call) => call === "updateTasks").length;

  it("writes a task anew that is as we wrote it, once", async () => {
    expect(task()).toMatchObject({ ...before, subject: "Company 10: 20 (-75)" });
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} updating`]);
    await stage.pipeline.workOff(stage.context);
    expect(task()).toMatchObject({ ...after, subject: "Company 10: 5 (-90)", status: "NOT_STARTED" });
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
    await stage.pipeline.sweep(stage.context);
    expect(updates()).toBe(1);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
  });

  it.each([
    ["began", { status: "IN_PROGRESS" as const }, "taken"],
    ["rewrote", { subject: "Mine now" }, "taken"],
    ["completed", { status: "COMPLETED" as const }, "done"],
  ])("leaves a task that a person %s", async (_what, touch, state) => {
    stage.pipeline.hubspot.portal.changeTask(task()?.taskId ?? "", touch);
    await stage.pipeline.workOff(stage.context);
    expect(task()).toMatchObject({ ...before, ...touch });
    expect(updates()).toBe(0);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} ${state}`]);
  });

  it.each(["before", "after"] as const)("is made again when the answer is lost, %s HubSpot did it", async (when) => {
    stage.pipeline.hubspot.failNext("updateTasks", lostAnswer(), when);
    await expect(stage.deliver()).rejects.toThrow();
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} updating`]);
    await stage.pipeline.workOff(stage.context);
    expect(task()).toMatchObject(after);
    expect(updates()).toBe(2);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
  });

  it.each(["before", "after"] as const)(
    "gives way to closing, also when the answer was lost, %s HubSpot did it",
    async (when) => {
      stage.pipeline.hubspot.failNext("updateTasks", lostAnswer(), when);
      await expect(stage.deliver()).rejects.toThrow();
      await stage.recover("10");
      await stage.pipeline.workOff(stage.context);
      expect(task()).toMatchObject({
        status: "COMPLETED",
        body: expect.stringMatching(/Urgent tickets[^]*\n\n.*Healthy/),
      });
      expect(await stage.pipeline.tasks()).toEqual([`${KEY} closed`]);
      expect(updates()).toBe(1);
    },
  );

  it("is not made when the closing came after it was loaded", async () => {
    const { hubspot } = stage.context;
    const readTasks: HubSpotPort["readTasks"] = async (ids) => {
      await stage.recover("10");
      return hubspot.readTasks(ids);
    };
    await stage.pipeline.workOn({ ...stage.context, hubspot: { ...hubspot, readTasks } }, "deliver");
    expect(updates()).toBe(0);
    await stage.pipeline.workOff(stage.context);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} closed`]);
  });

  it("is given up in the end when HubSpot does not take it", async () => {
    stage.pipeline.hubspot.refuse(task()?.taskId ?? "");
    await stage.pipeline.workOff(stage.context);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} updating`]);
    const { rows } = await stage.pipeline.database.pool.query("select key, attempts from dead_letters");
    expect(rows).toEqual([{ key: "10", attempts: 5 }]);
  });
});

describe("a task that was decided anew while it was on its way", () => {
  const stage = useTaskStage(pipelineRules({ plays: [samplePlay({ task: { escalations } })] }));

  it("is updated once it is found", async () => {
    await stage.drop("10");
    stage.pipeline.hubspot.failNext("createTasks", lostAnswer(), "after");
    await expect(stage.deliver()).rejects.toThrow();
    await stage.decide("10", "10");
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} sending`]);
    await stage.pipeline.workOff(stage.context);
    expect(stage.creations()).toBe(1);
    expect(stage.atHubSpot()).toMatchObject([{ subject: "Company 10: 5 (-90)" }]);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
  });
});
