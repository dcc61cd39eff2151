import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { eventually } from "../eventually.ts";
import { ADMIN_TOKEN, openStage, type Stage } from "./open-stage.ts";

const DAILY_LIMIT = 1_000;
const RESERVE = 200;
const MIDNIGHT = new Date("2025-03-04T23:00:00Z");

describe("the calls of the day", () => {
  let stage: Stage;
  let companyId: string;

  beforeAll(async () => {
    stage = await openStage({ dailyLimit: DAILY_LIMIT, callBudget: null });
    companyId = await stage.person.addCustomer();
    await stage.start();
    await stage.settle();
  });
  afterAll(() => stage.close());

  /** A call of another app of the account; gives how many are left today. */
  async function callElsewhere(): Promise<number> {
    const headers = { authorization: `Bearer ${stage.sandbox.personToken}` };
    const response = await fetch(`${stage.sandbox.url}/crm/v3/owners`, { headers });
    await response.arrayBuffer();
    return Number(response.headers.get("x-hubspot-ratelimit-daily-remaining"));
  }
  const textOf = async (path: string) => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    return (await fetch(stage.publicUrl + path, { headers })).text();
  };

  it("are left to other apps from the reserve on; work waits, says so, and goes on at the portal's midnight", async () => {
    await stage.person.addUrgentTicket(companyId);
    for (let left = await callElsewhere(); left > RESERVE + 10; left = await callElsewhere());
    await stage.sandbox.webhooks.idle();
    stage.clock.advance(1_000);

    await eventually(async () => {
      stage.clock.advance(100);
      expect(await textOf("/readyz")).toContain(
        "the calls of the day are spent but for the reserve; work goes on at 2025-03-05T00:00+01:00",
      );
    });
    const metrics = await textOf("/metrics");
    expect(metrics).toContain('customer_health_hubspot_closed{window="general",reason="day"} 1');
    expect(metrics).toContain(`customer_health_hubspot_daily_limit ${DAILY_LIMIT}`);
    expect(metrics).toMatch(/customer_health_hubspot_calls_remaining_today 2\d\d\n/);
    expect(metrics).toMatch(/customer_health_hubspot_calls_total\{window="general",status_class="2xx"\} \d+/);
    expect(metrics).not.toContain('status_class="4xx"');
    expect(await callElsewhere()).toBeGreaterThanOrEqual(RESERVE - 1);
    const { rows } = await stage.database.pool.query(`SELECT attempts, lease FROM work`);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows).toEqual(rows.map(() => ({ attempts: 0, lease: null })));

    stage.clock.moveTo(MIDNIGHT);
    await stage.settle();
    expect(await stage.person.health(companyId)).toMatchObject({ score: 89 });
    await eventually(async () => expect(await textOf("/readyz")).toContain('"ok":true,"checks"'));
    expect(await textOf("/metrics")).toContain('customer_health_hubspot_closed{window="general",reason="day"} 0');
  });
});
