import { describe, expect, it } from "@jest/globals";
import { useCustomerStage } from "./customer-stage.ts";

describe("records that were merged in the portal", () => {
  const customers = useCustomerStage();
  const { addHealthyCustomer, drop, statusesOf, reasonsOf, isMirrored, explain } = customers;

  it("two customers become one: one task of two stays, the other is closed with the reason", async () => {
    const first = await addHealthyCustomer();
    const second = await addHealthyCustomer({ name: "Fjord Transport" });
    for (const id of [first, second]) await drop(id);

    const merged = await customers.stage.person.merge("companies", second, first);
    await customers.stage.settle();

    expect(await customers.stage.person.health(merged)).toMatchObject({ score: 40, band: "at_risk" });
    expect([await isMirrored(first), await isMirrored(second), await isMirrored(merged)]).toEqual([false, false, true]);
    expect(await statusesOf(merged)).toEqual(["COMPLETED", "NOT_STARTED"]);
    const closed = (await customers.stage.person.tasksOf(merged)).find(
      ({ properties }) => properties.hs_task_status === "COMPLETED",
    );
    expect(closed?.properties.hs_task_subject).toContain("Fjord Transport");
    expect(closed?.properties.hs_task_body).toMatch(/the customer was merged with another that has the same task\.$/);
    // The score goes on: neither a baseline nor another task.
    expect((await explain(first)).decision).toMatchObject({
      companyId: merged,
      scores: [{ name: "health", band: "at_risk" }, { name: "expansion" }],
    });
    const { rows } = await customers.stage.database.pool.query<{ band: string }>(
      "select band from score_history where company_id = $1 and name = 'health' order by at",
      [merged],
    );
    expect(rows.map(({ band }) => band).slice(0, 2)).toEqual(["healthy", "at_risk"]);

    await customers.stage.sweep();
    expect(await statusesOf(merged)).toEqual(["COMPLETED", "NOT_STARTED"]);
  });

  it("a merge that no webhook told of is found at night", async () => {
    const [first, second] = [await addHealthyCustomer(), await addHealthyCustomer()];
    await drop(first);
    const { settings } = customers.stage.sandbox.webhooks;
    customers.stage.sandbox.webhooks.configure({ ...settings, targetUrl: null });
    const merged = await customers.stage.person.merge("companies", first, second);
    await customers.stage.sweep();
    customers.stage.sandbox.webhooks.configure(settings);
    expect([await isMirrored(first), await isMirrored(second), await isMirrored(merged)]).toEqual([false, false, true]);
    expect(await customers.stage.person.health(merged)).toMatchObject({ score: 40 });
    expect(await statusesOf(merged)).toEqual(["NOT_STARTED"]);
  });

  it("two contacts become one, whose answer counts", async () => {
    const companyId = await addHealthyCustomer();
    const [first, second] = [
      await customers.stage.person.addContact(companyId, "0"),
      await customers.stage.person.addContact(companyId, "0"),
    ];
    await customers.stage.settle();
    const merged = await customers.stage.person.merge("contacts", first, second);
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toContain("Latest NPS answer: 0");
    const { rows } = await customers.stage.database.pool.query(
      "select id from records where type = 'contact' and company_id = $1",
      [companyId],
    );
    expect(rows).toEqual([{ id: merged }]);
  });

  it("two contacts become one, and the ticket of one counts all the while", async () => {
    const companyId = await addHealthyCustomer();
    const first = await customers.stage.person.addContact(companyId, "9");
    const second = await customers.stage.person.addContact(companyId, "9");
    await customers.stage.person.addUrgentTicketOfContact(second);
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toContain("Urgent tickets open: 1");
    const scoredBefore = customers.stage.clock.now();
    customers.stage.clock.advance(1_000);
    await customers.stage.person.merge("contacts", first, second);
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toContain("Urgent tickets open: 1");
    const { rows } = await customers.stage.database.pool.query(
      "select value from score_history where company_id = $1 and name = 'health' and at > $2",
      [companyId, scoredBefore],
    );
    expect(rows).toEqual([]);
  });

  it("two tickets become one", async () => {
    const companyId = await addHealthyCustomer();
    const [first, second] = [
      await customers.stage.person.addUrgentTicket(companyId),
      await customers.stage.person.addUrgentTicket(companyId),
    ];
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toEqual(["Urgent tickets open: 2"]);
    await customers.stage.person.merge("tickets", first, second);
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toEqual(["Urgent tickets open: 1"]);
  });
});
