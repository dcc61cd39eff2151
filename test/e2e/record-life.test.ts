import { describe, expect, it } from "@jest/globals";
import { useCustomerStage } from "./customer-stage.ts";
import { readTables } from "./read-tables.ts";

describe("what becomes of records in the portal", () => {
  const customers = useCustomerStage();
  const { addHealthyCustomer, drop, statusesOf, reasonsOf, isMirrored } = customers;

  it("a deleted customer is forgotten with its plans, and comes back as it was, without a second task", async () => {
    const companyId = await addHealthyCustomer();
    await drop(companyId);
    await customers.stage.person.remove("companies", companyId);
    await customers.stage.settle();
    expect(await isMirrored(companyId)).toBe(false);

    await customers.stage.person.restore("companies", companyId);
    await customers.stage.settle();
    expect(await isMirrored(companyId)).toBe(true);
    expect(await customers.stage.person.health(companyId)).toMatchObject({ score: 40, band: "at_risk" });
    expect(await statusesOf(companyId)).toEqual(["NOT_STARTED"]);
    await customers.stage.sweep();
    expect(await statusesOf(companyId)).toEqual(["NOT_STARTED"]);
  });

  it("a deleted ticket counts no more, and counts again once it is restored", async () => {
    const companyId = await addHealthyCustomer();
    const ticketId = await customers.stage.person.addUrgentTicket(companyId);
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toEqual(["Urgent tickets open: 1"]);
    await customers.stage.person.remove("tickets", ticketId);
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toEqual([]);
    await customers.stage.person.restore("tickets", ticketId);
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toEqual(["Urgent tickets open: 1"]);
  });

  it("a contact who asks to be forgotten is nowhere any more, and the score goes on without", async () => {
    const companyId = await addHealthyCustomer();
    const contactId = await customers.stage.person.addContact(companyId, "0");
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toContain("Latest NPS answer: 0");

    // Of two scores at one instant only the later is history.
    customers.stage.clock.advance(1_000);
    await customers.stage.person.forgetContact(contactId);
    await customers.stage.settle();

    expect(await reasonsOf(companyId)).toEqual([]);
    const tables = await readTables(customers.stage.database.pool);
    expect(Object.entries(tables).filter(([, rows]) => rows.some((row) => row.includes(contactId)))).toEqual([]);
    const { rows } = await customers.stage.database.pool.query<{ nps: { value?: number; why?: string } }>(
      "select detail->'signals'->'nps' as nps from score_history where company_id = $1 and name = 'health' order by at",
      [companyId],
    );
    expect(rows.map(({ nps }) => nps.why)).toEqual(["none", "forgotten", "none"]);
    const told = customers.stage.log.lines.filter((line) => JSON.stringify(line).includes(contactId));
    expect(told).toMatchObject([{ message: "contacts were forgotten on request" }]);
  });

  it("a ticket that moves to another customer changes both scores", async () => {
    const [from, to] = [await addHealthyCustomer(), await addHealthyCustomer()];
    const ticketId = await customers.stage.person.addUrgentTicket(from);
    await customers.stage.settle();
    expect([await reasonsOf(from), await reasonsOf(to)]).toEqual([["Urgent tickets open: 1"], []]);
    await customers.stage.person.link("tickets", ticketId, to);
    await customers.stage.person.unlink("tickets", ticketId, from);
    await customers.stage.settle();
    expect([await reasonsOf(from), await reasonsOf(to)]).toEqual([[], ["Urgent tickets open: 1"]]);
  });

  it("a ticket with two customers counts at its primary one, whichever that is", async () => {
    const [first, second] = [await addHealthyCustomer(), await addHealthyCustomer()];
    const ticketId = await customers.stage.person.addUrgentTicket(first);
    await customers.stage.person.link("tickets", ticketId, second, { primary: true });
    await customers.stage.settle();
    expect([await reasonsOf(first), await reasonsOf(second)]).toEqual([[], ["Urgent tickets open: 1"]]);
    await customers.stage.person.link("tickets", ticketId, first, { primary: true });
    await customers.stage.settle();
    expect([await reasonsOf(first), await reasonsOf(second)]).toEqual([["Urgent tickets open: 1"], []]);
  });

  it("a company that becomes a customer is scored with all of its records, and one that is none any more is let go", async () => {
    const companyId = await customers.stage.person.addCustomer({ lifecyclestage: "lead" });
    await customers.stage.person.addUrgentTicket(companyId);
    await customers.stage.settle();
    expect(await isMirrored(companyId)).toBe(false);
    expect(await customers.stage.person.health(companyId)).toMatchObject({ score: null });

    await customers.stage.person.change("companies", companyId, { lifecyclestage: "customer" });
    await customers.stage.settle();
    expect(await reasonsOf(companyId)).toEqual(["Urgent tickets open: 1"]);
    await drop(companyId);
    expect(await statusesOf(companyId)).toEqual(["NOT_STARTED"]);

    await customers.stage.person.change("companies", companyId, { lifecyclestage: "other" });
    await customers.stage.settle();
    expect(await statusesOf(companyId)).toEqual(["COMPLETED"]);
  });
});
