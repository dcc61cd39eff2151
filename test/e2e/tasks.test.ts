import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openStage, type Stage } from "./open-stage.ts";
import { DAY_MS, OWNER, type CrmRecord } from "./portal-person.ts";

describe("the task for a customer at risk", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
    await stage.start();
  });
  afterAll(() => stage.close());

  async function addHealthyCustomer(properties: Record<string, string> = {}): Promise<string> {
    const companyId = await stage.person.addCustomer(properties);
    await stage.settle();
    expect(await stage.person.health(companyId)).toMatchObject({ band: "healthy" });
    return companyId;
  }
  /** An invoice falls due long ago; gives its id. */
  async function drop(companyId: string): Promise<string> {
    const invoiceId = await stage.person.addOverdueInvoice(companyId);
    await stage.settle();
    expect(await stage.person.health(companyId)).toMatchObject({ score: 40, band: "at_risk" });
    return invoiceId;
  }
  async function recover(companyId: string, invoiceId: string): Promise<void> {
    await stage.person.payInvoice(invoiceId);
    await stage.settle();
    expect(await stage.person.health(companyId)).toMatchObject({ band: "healthy" });
  }
  async function onlyTaskOf(companyId: string): Promise<CrmRecord> {
    const tasks = await stage.person.tasksOf(companyId);
    expect(tasks).toHaveLength(1);
    return tasks[0] ?? { id: "", properties: {} };
  }

  it("is made once on the drop, due in working days, and closed with a reason on the recovery", async () => {
    stage.clock.moveTo(new Date("2025-03-07T13:00:00Z"));
    const companyId = await addHealthyCustomer();

    const invoiceId = await drop(companyId);

    const { score, reasons } = await stage.person.health(companyId);
    const { id, properties } = await onlyTaskOf(companyId);
    expect(properties).toMatchObject({
      hs_task_subject: "Fjord Logistikk: health 40 (-60)",
      hs_task_status: "NOT_STARTED",
      hs_task_priority: "HIGH",
      hubspot_owner_id: OWNER.ofCustomers,
      // From Friday two working days: Tuesday, five o'clock in Oslo.
      hs_timestamp: "2025-03-11T16:00:00.000Z",
    });
    expect(properties.hs_task_body).toContain(`dropped to ${score}`);
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(properties.hs_task_body).toContain(reason);

    for (let night = 1; night <= 3; night += 1) {
      stage.clock.advance(DAY_MS);
      await stage.sweep();
    }
    expect((await onlyTaskOf(companyId)).properties).toEqual(properties);

    await recover(companyId, invoiceId);
    const closed = await onlyTaskOf(companyId);
    expect(closed).toMatchObject({ id, properties: { hs_task_status: "COMPLETED" } });
    expect(closed.properties.hs_task_body).toMatch(/Closed on 10 March 2025: the customer is now in “Healthy”.*\d+\.$/);

    const statuses = async () =>
      (await stage.person.tasksOf(companyId)).map((task) => task.properties.hs_task_status).sort();
    await drop(companyId);
    expect(await statuses()).toEqual(["COMPLETED"]);
    stage.clock.advance(14 * DAY_MS);
    await stage.sweep();
    expect(await statuses()).toEqual(["COMPLETED", "NOT_STARTED"]);
  });

  it("is not made for a first score, which is where the customer stands already", async () => {
    stage.sandbox.webhooks.configure({ ...stage.sandbox.webhooks.settings, targetUrl: null });
    const companyId = await stage.person.addCustomer();
    await stage.person.addOverdueInvoice(companyId);
    stage.sandbox.webhooks.configure({ ...stage.sandbox.webhooks.settings, targetUrl: stage.webhookUrl });

    await stage.sweep();
    await stage.sweep();

    expect(await stage.person.health(companyId)).toMatchObject({ band: "at_risk" });
    expect(await stage.person.tasksOf(companyId)).toEqual([]);
  });

  it.each([
    ["has left the portal", { hubspot_owner_id: OWNER.archived }],
    ["is nobody", { hubspot_owner_id: "" }],
  ])("goes to the fallback when the company's owner %s", async (_why, properties) => {
    const companyId = await addHealthyCustomer(properties);
    await drop(companyId);
    expect((await onlyTaskOf(companyId)).properties.hubspot_owner_id).toBe(OWNER.fallback);
  });

  it.each<[string, Record<string, string>]>([
    ["rewrites it", { hs_task_body: "I have called them." }],
    ["gives it to somebody else", { hubspot_owner_id: OWNER.fallback }],
    ["puts it off", { hs_timestamp: "2026-01-01T12:00:00Z" }],
    ["begins it", { hs_task_status: "IN_PROGRESS" }],
    ["completes it", { hs_task_status: "COMPLETED" }],
  ])("is left alone once a person %s", async (_what, properties) => {
    const companyId = await addHealthyCustomer();
    const invoiceId = await drop(companyId);
    const { id } = await onlyTaskOf(companyId);
    await stage.person.change("tasks", id, properties);
    await stage.settle();
    const touched = await onlyTaskOf(companyId);

    await recover(companyId, invoiceId);

    expect(await onlyTaskOf(companyId)).toEqual(touched);
  });

  it("is not made again for this drop once a person has deleted it", async () => {
    const companyId = await addHealthyCustomer();
    const invoiceId = await drop(companyId);
    const { id } = await onlyTaskOf(companyId);

    await stage.person.remove("tasks", id);
    await stage.settle();
    await stage.sweep();
    expect(await stage.person.tasksOf(companyId)).toEqual([]);

    await recover(companyId, invoiceId);
    stage.clock.advance(14 * DAY_MS);
    await drop(companyId);
    expect((await onlyTaskOf(companyId)).id).not.toBe(id);
  });

  it("is closed when the customer leaves, whose band is then churned and whose score stays", async () => {
    const companyId = await addHealthyCustomer();
    await drop(companyId);
    await stage.person.change("companies", companyId, { churned_at: "2025-03-01" });
    await stage.settle();

    expect(await stage.person.health(companyId)).toMatchObject({ score: 40, band: "churned" });
    const { properties } = await onlyTaskOf(companyId);
    expect(properties.hs_task_status).toBe("COMPLETED");
    expect(properties.hs_task_body).toContain("the customer has left");
  });

  it("is there once though HubSpot's answer to its making was lost", async () => {
    const companyId = await addHealthyCustomer();
    const { reached } = stage.sandbox.dropNext((_method, path) => path === "/crm/v3/objects/tasks/batch/create");

    const invoiceId = await drop(companyId);

    await reached;
    await onlyTaskOf(companyId);
    await recover(companyId, invoiceId);
    expect((await onlyTaskOf(companyId)).properties.hs_task_status).toBe("COMPLETED");
  });
});
