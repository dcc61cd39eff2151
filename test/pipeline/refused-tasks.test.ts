import { describe, expect, it } from "@jest/globals";
import type { CreateOutcome, NewTask } from "../../src/pipeline/hubspot-port.ts";
import { useTaskStage } from "./task-stage.ts";

const KEY = "follow-up-10-1";

describe("tasks that HubSpot refuses", () => {
  const stage = useTaskStage();
  const refuseAll = (tasks: readonly NewTask[]): CreateOutcome => ({
    created: [],
    notMade: [],
    unclear: [],
    refused: tasks.map(({ key, companyId: id }) => ({ key, id, message: "no", correlationId: null })),
  });
  const select = async (sql: string) => (await stage.pipeline.database.pool.query<Record<string, unknown>>(sql)).rows;

  it("are given up after five attempts, with its message, and the others are made", async () => {
    await stage.drop("10");
    await stage.drop("11");
    stage.pipeline.hubspot.refuse("task of 10");
    await stage.deliver();
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} planned`, "follow-up-11-1 open"]);
    expect(await select("select key, attempts, last_error from work where kind = 'deliver'")).toEqual([
      { key: "10", attempts: 1, last_error: "INVALID_OWNER" },
    ]);
    expect(await select("select last_error from tasks order by key")).toEqual([
      { last_error: "INVALID_OWNER" },
      { last_error: null },
    ]);

    await stage.pipeline.workOff(stage.context);
    expect(stage.creations()).toBe(5);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} refused`, "follow-up-11-1 open"]);
    expect(await select("select kind, key, attempts, reason, correlation_id from dead_letters")).toEqual([
      { kind: "deliver", key: "10", attempts: 5, reason: "INVALID_OWNER", correlation_id: "c-10" },
    ]);
  });

  it("are made once it takes them", async () => {
    await stage.drop("10");
    await stage.deliver((tasks) => Promise.resolve(refuseAll(tasks)));
    await stage.pipeline.workOff(stage.context);
    expect(stage.atHubSpot()).toMatchObject([{ key: KEY }]);
    expect(await select("select state, last_error from tasks")).toEqual([{ state: "open", last_error: null }]);
    expect(await select("select 1 from dead_letters")).toEqual([]);
  });

  it("are cancelled when the customer recovers meanwhile", async () => {
    await stage.drop("10");
    await stage.deliver(async (tasks) => {
      await stage.recover("10");
      return refuseAll(tasks);
    });
    await stage.pipeline.workOff(stage.context);
    expect(stage.creations()).toBe(0);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} cancelled`]);
  });

  it("are given up alone, without what was decided since", async () => {
    const { deliveries } = stage.pipeline.store;
    const { instant } = stage.pipeline.clock;
    await stage.drop("10");
    await deliveries.recordGivenUp("10", instant);
    expect(await stage.pipeline.tasks()).toEqual([`${KEY} planned`]);
  });
});
