import { beforeEach, describe, expect, it } from "@jest/globals";
import { explainCompany } from "../../src/pipeline/explain-company.ts";
import { company, putCompany, putUrgentTicket } from "./customers.ts";
import { useTaskStage } from "./task-stage.ts";

describe("two customers that were merged into a new record", () => {
  const stage = useTaskStage();
  const { drop } = stage;

  beforeEach(async () => {
    await drop("11");
    await stage.pipeline.workOff(stage.context);
  });

  /** HubSpot makes the merged record of the first one's values; its tasks go along. */
  function mergeAtHubSpot(given: Record<string, string | null> = {}): void {
    const { hubspot, clock } = stage.pipeline;
    clock.advance(1_000);
    putCompany(hubspot, "20", { seats: "90", hubspot_owner_id: "7", ...given });
    for (const id of ["10", "11"]) hubspot.portal.merge(id, "20");
    for (const task of hubspot.portal.tasks.values())
      hubspot.portal.changeTask(task.taskId, { companyId: "20" } as object);
  }
  async function hear(...keys: string[]): Promise<void> {
    await stage.pipeline.hint(...keys);
    await stage.pipeline.workOff(stage.context);
  }
  const historyOf = async (id: string) => {
    const { rows } = await stage.pipeline.database.pool.query<{ value: number }>(
      "select value from score_history where company_id = $1 order by at",
      [id],
    );
    return rows.map(({ value }) => value);
  };

  const told: [string, () => Promise<void>][] = [
    ["a webhook", () => hear("company:10", "company:11", "company:20")],
    ["a webhook about the old ones alone", () => hear("company:11", "company:10")],
    ["the sweep", () => stage.pipeline.sweep(stage.context)],
  ];

  it.each(told)("are one customer once %s told of it", async (_, tell) => {
    mergeAtHubSpot();
    await tell();
    const { store, hubspot } = stage.pipeline;
    expect(await store.mirror.companiesAfter("", 10)).toEqual(["20"]);
    expect(await stage.pipeline.recordsOf("20")).toEqual(["ticket:111", "ticket:112"]);
    // The tickets of the second, the seats of the first; and the score goes on from the first's.
    expect((await historyOf("20")).at(-1)).toBe(45);
    expect((await historyOf("20")).length).toBeGreaterThan(1);
    expect(hubspot.portal.find("company", "20")?.properties["chs_health_score"]).toBe("45");
    // The second's task is there already, and the first's drop calls for none beside it.
    expect(await stage.pipeline.tasks()).toEqual(["follow-up-11-1 open"]);
    expect(hubspot.portal.tasks.size).toBe(1);
  });

  it("go on as one where HubSpot shows nothing by their old ids", async () => {
    mergeAtHubSpot();
    const { hubspot } = stage.context;
    const readRecords: typeof hubspot.readRecords = async (type, ids, properties) => {
      const old = type === "company" ? ids.filter((id) => id !== "20") : [];
      const { found, missing } = await hubspot.readRecords(
        type,
        ids.filter((id) => !old.includes(id)),
        properties,
      );
      return { found, missing: [...missing, ...old] };
    };
    const before = (await historyOf("10")).length + (await historyOf("11")).length;
    await stage.pipeline.hint("company:10", "company:11", "company:20");
    await stage.pipeline.workOff({ ...stage.context, hubspot: { ...hubspot, readRecords } });
    expect(before).toBeGreaterThan(1);
    expect(await stage.pipeline.store.mirror.companiesAfter("", 10)).toEqual(["20"]);
    expect((await historyOf("20")).length).toBeGreaterThan(1);
    expect(await stage.pipeline.tasks()).toEqual(["follow-up-11-1 open"]);
  });

  it("and both have a task: the older stays, and the other is closed with the reason", async () => {
    await drop("10");
    await stage.pipeline.workOff(stage.context);
    mergeAtHubSpot();
    await hear("company:10", "company:11", "company:20");
    expect(await stage.pipeline.tasks()).toEqual(["follow-up-10-1 closed", "follow-up-11-1 open"]);
    const [older, other] = [...stage.pipeline.hubspot.portal.tasks.values()];
    expect(older?.status).toBe("NOT_STARTED");
    expect(other).toMatchObject({ status: "COMPLETED", body: expect.stringMatching(/merged with another/) });
  });

  it("while a task was on its way, have it once", async () => {
    await drop("10");
    const { hubspot, clock } = stage.pipeline;
    await stage
      .deliver(async (tasks) => {
        await hubspot.port.createTasks(tasks);
        throw new Error("the answer is lost");
      })
      .catch(() => undefined);
    expect(await stage.pipeline.tasks()).toContain("follow-up-10-1 sending");
    mergeAtHubSpot();
    clock.advance(61_000);
    await hear("company:20");
    expect(await stage.pipeline.tasks()).toEqual(["follow-up-10-1 closed", "follow-up-11-1 open"]);
    expect(hubspot.portal.tasks.size).toBe(2);
  });

  it("and are no customer any more, have their tasks closed", async () => {
    mergeAtHubSpot({ lifecyclestage: "other" });
    await hear("company:10", "company:11", "company:20");
    expect(await stage.pipeline.tasks()).toEqual(["follow-up-11-1 closed"]);
    expect([...stage.pipeline.hubspot.portal.tasks.values()]).toMatchObject([
      { status: "COMPLETED", body: expect.stringMatching(/the customer has left/) },
    ]);
  });

  it("of which one was no customer, bring its records along", async () => {
    putCompany(stage.pipeline.hubspot, "12", { lifecyclestage: "lead" });
    putUrgentTicket(stage.pipeline.hubspot, "121", company("12"));
    mergeAtHubSpot();
    stage.pipeline.hubspot.portal.merge("12", "20");
    await hear("company:20");
    expect(await stage.pipeline.recordsOf("20")).toEqual(["ticket:111", "ticket:112", "ticket:121"]);
  });

  it("are explained by an old id", async () => {
    mergeAtHubSpot();
    await hear("company:20");
    const { decision } = await explainCompany(stage.context, "10", null);
    expect(decision).toMatchObject({ companyId: "20", scores: [{ detail: { score: { value: 45 } } }] });
  });
});
