import { describe, expect, it, jest } from "@jest/globals";
import { deliverTasks } from "../../src/pipeline/deliver-tasks.ts";
import { HubSpotForbidden, HubSpotUnauthorized, type HubSpotError } from "../../src/pipeline/hubspot-errors.ts";
import type { HubSpotPort } from "../../src/pipeline/hubspot-port.ts";
import { eventually } from "../eventually.ts";
import { useTaskStage } from "./task-stage.ts";

const KEY = "follow-up-10-1";
const CALL = { call: "POST /fake", correlationId: null };

describe("tasks that are being sent", () => {
  const stage = useTaskStage();

  it("keeps what became of a hundred before it sends the next", async () => {
    await stage.drop("10");
    const { store, hubspot } = stage.context;
    const [delivery] = await store.deliveries.load(["10"]);
    const tasks = Array.from({ length: 101 }, (_, index) =>
      (delivery?.tasks ?? []).map((one) => ({ ...one, task: { ...one.task, key: `k${index}` } })),
    ).flat();
    const steps: string[] = [];
    const deliveries: typeof store.deliveries = {
      ...store.deliveries,
      recordSending(keys) {
        steps.push(`sending ${keys.length}`);
        return Promise.resolve(tasks.flatMap(({ task }) => (keys.includes(task.key) ? [task] : [])));
      },
      recordCreated(created) {
        steps.push(`created ${created.length}`);
        return Promise.resolve([]);
      },
    };
    const context = { ...stage.context, hubspot, store: { ...store, deliveries } };
    await deliverTasks(context, [{ companyId: "10", values: {}, written: {}, tasks }]);
    expect(steps).toEqual(["sending 100", "created 100", "sending 1", "created 1"]);
  });

  it("keeps for as long as a call is under way that its tasks may come", async () => {
    await stage.drop("10");
    jest.useFakeTimers({
      doNotFake: ["setTimeout", "clearTimeout", "setImmediate", "nextTick", "queueMicrotask", "Date"],
    });
    try {
      const createTasks: HubSpotPort["createTasks"] = async (tasks) => {
        stage.pipeline.clock.advance(50_000);
        jest.advanceTimersByTime(10_000);
        await eventually(async () => {
          const [delivery] = await stage.context.store.deliveries.load(["10"]);
          expect(delivery?.tasks.map(({ sentAt }) => sentAt)).toEqual([stage.pipeline.clock.instant]);
        });
        return stage.pipeline.hubspot.port.createTasks(tasks);
      };
      await stage.deliver(createTasks);
    } finally {
      jest.useRealTimers();
    }
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} open`]);
  });

  it.each<[string, HubSpotError]>([
    ["unauthorized", new HubSpotUnauthorized("401", CALL)],
    ["forbidden", new HubSpotForbidden("403", { ...CALL, requiredScopes: [] })],
  ])("plans anew what was not made because the app is %s", async (_name, barred) => {
    await stage.drop("10");
    stage.pipeline.hubspot.failNext("createTasks", barred);
    await expect(stage.deliver()).rejects.toThrow(barred.message);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} planned`]);
  });
});
