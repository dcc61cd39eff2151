import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { HubSpotRefused } from "../../../src/pipeline/hubspot-errors.ts";
import { syncMirror } from "../../../src/pipeline/sync/sync-mirror.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import { company, contact, putCompany, putUrgentTicket } from "../customers.ts";
import { pipelineRules } from "../pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "../pipeline-stage.ts";
import { putFewCustomers } from "./few-customers.ts";

describe("a sync of few customers among many companies", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    putFewCustomers(stage.hubspot);
  });
  afterAll(() => stage.database.drop());

  /** The methods that were called, with how often. */
  async function sync(ruleset?: Ruleset): Promise<Record<string, number>> {
    stage.hubspot.calls.length = 0;
    await syncMirror(stage.context(ruleset), null, () => undefined);
    const counts: Record<string, number> = {};
    for (const call of stage.hubspot.calls) counts[call] = (counts[call] ?? 0) + 1;
    return counts;
  }
  const records = async () => {
    const owned: [string, string[]][] = [];
    for (const id of await stage.store.mirror.companiesAfter("", 99)) owned.push([id, await stage.recordsOf(id)]);
    return Object.fromEntries(owned);
  };
  const valuesOf = async (name: string): Promise<Record<string, string>> => {
    const { rows } = await stage.database.pool.query<{ id: string; value: string }>(
      "select id, properties->>$1 as value from companies order by id",
      [name],
    );
    return Object.fromEntries(rows.map(({ id, value }) => [id, value]));
  };
  const mirrored = { "10": ["ticket:1", "ticket:2"], "11": ["contact:501", "ticket:3"], "12": ["invoice:7"] };
  const customersWhere = (...values: string[]) =>
    pipelineRules({
      customers: {
        ...pipelineRules().customers,
        where: [{ field: "lifecyclestage", test: { kind: "is", values } }],
      },
    });

  it("searches for them and follows their links, and lists what is fewer calls to list", async () => {
    const calls = await sync();
    expect(await records()).toEqual(mirrored);
    // Of 602 tickets; there is but one page of contacts and of invoices.
    expect(calls).toMatchObject({ searchRecords: 1, listRecords: 2, readRecords: 1, countRecords: 5 });
  });

  it("says how many of them there are", async () => {
    const steps: string[] = [];
    await syncMirror(stage.context(), null, ({ type, done, total }) => steps.push(`${type} ${done}/${total}`));
    expect(steps).toEqual(["company 3/3", "contact 2/2", "invoice 1/1", "ticket 4/null"]);
  });

  it("reads afterwards what was modified, and the records of a new customer", async () => {
    await sync();
    stage.clock.advance(60_000);
    stage.hubspot.portal.put("company", "2001", { lifecyclestage: "customer" });
    const calls = await sync();
    expect(await records()).toEqual({ ...mirrored, "2001": ["ticket:4", "ticket:6001"] });
    expect(calls["listRecords"]).toBeUndefined();
  });

  it("reads what is mirrored again where the rules come to name more properties", async () => {
    await sync();
    const [seats, urgent, ...rest] = pipelineRules().signals;
    if (!seats || urgent?.kind !== "count") throw new Error("The rules begin with seats and urgent tickets");
    const known = { field: "subject", test: { kind: "known" as const } };
    const wider = pipelineRules({ signals: [seats, { ...urgent, where: [...urgent.where, known] }, ...rest] });
    stage.hubspot.portal.put("ticket", "1", { subject: "Help" });
    expect((await sync(wider))["listRecords"]).toBeUndefined();
    const { rows } = await stage.database.pool.query(
      "select properties->>'subject' as subject from records where type = 'ticket' order by id",
    );
    expect(rows).toEqual([{ subject: "Help" }, { subject: null }, { subject: null }]);
    expect(await records()).toEqual(mirrored);
  });

  it("reads the records of the new ones alone where the rules call others customers too", async () => {
    await sync();
    putCompany(stage.hubspot, "13", { lifecyclestage: "partner" });
    putUrgentTicket(stage.hubspot, "9", company("13"));
    const calls = await sync(customersWhere("customer", "partner"));
    expect(await records()).toEqual({ ...mirrored, "13": ["ticket:9"] });
    // Of contacts and invoices there is but a page; the customers of before are read again, and the new one's ticket.
    expect(calls).toMatchObject({ readRecords: 3, listRecords: 2 });
  });

  it("reads what was modified before it finds others whom the rules call customers too", async () => {
    await sync();
    stage.clock.advance(60_000);
    putCompany(stage.hubspot, "10", { lifecyclestage: "lead" });
    putCompany(stage.hubspot, "13", { lifecyclestage: "partner" });
    stage.clock.advance(20 * 60_000);
    stage.hubspot.portal.put("company", "2000", { seats: "1" });
    await sync(customersWhere("customer", "partner"));
    expect(await valuesOf("lifecyclestage")).toEqual({ 10: "lead", 11: "customer", 12: "customer", 13: "partner" });
  });

  it("reads those who are found no more where the rules come to ask for more", async () => {
    await sync();
    stage.hubspot.portal.put("company", "10", { lifecyclestage: "lead", left_on: "2026-09-01" });
    stage.clock.advance(60_000);
    await sync();
    const { where } = pipelineRules().customers;
    const left = { field: "left_on", test: { kind: "unknown" as const } };
    await sync(pipelineRules({ customers: { ...pipelineRules().customers, where: [...where, left] } }));
    expect((await valuesOf("left_on"))["10"]).toBe("2026-09-01");
  });

  it("finds a customer whom time alone has made one", async () => {
    const { where } = pipelineRules().customers;
    const begun = { field: "start", test: { kind: "before" as const, day: { kind: "today" as const } } };
    const rules = pipelineRules({ customers: { ...pipelineRules().customers, where: [...where, begun] } });
    for (const id of ["10", "11"]) putCompany(stage.hubspot, id, { start: "2026-01-01" });
    putCompany(stage.hubspot, "12", { start: "2026-10-02" });
    await sync(rules);
    // Later than the overlap, in which every company is shown once more.
    stage.clock.advance(20 * 60_000);
    await sync(rules);
    expect(await stage.store.mirror.companiesAfter("", 9)).toEqual(["10", "11"]);
    stage.clock.advance(2 * 86_400_000);
    expect((await sync(rules))["listRecords"]).toBeUndefined();
    expect(await records()).toEqual(mirrored);
  });

  it("finds at the latest after a week a customer whose date of modification tells nothing", async () => {
    await sync();
    putUrgentTicket(stage.hubspot, "9", company("2003"));
    stage.clock.advance(86_400_000);
    await sync();
    stage.hubspot.portal.drift("company", "2003", { lifecyclestage: "customer" });
    stage.clock.advance(8 * 86_400_000);
    await sync();
    expect(Object.keys(await records())).toContain("2003");
  });

  it("has the records of a new customer's contact before its first score, though their type is listed", async () => {
    const details = { call: "POST /fake", correlationId: null, status: 400, category: "VALIDATION_ERROR" };
    stage.hubspot.refuseSearch("ticket", new HubSpotRefused("Unable to infer object type", details));
    await sync();
    putCompany(stage.hubspot, "13");
    stage.hubspot.portal.link("contact", "502", [company("13")]);
    putUrgentTicket(stage.hubspot, "9", contact("502"));
    await sync();
    expect((await records())["13"]).toEqual(["contact:502", "ticket:9"]);
  });

  it("lists everything where the rules call most of them customers", async () => {
    await sync();
    expect(await sync(customersWhere("customer", "lead"))).toMatchObject({
      listRecords: 151 + 1 + 202 + 1,
    });
    expect(await stage.store.mirror.countCompanies()).toBe(453);
    expect(await stage.recordsOf("2001")).toEqual(["ticket:4", "ticket:6001"]);
  });

  it("compares what is mirrored after a week, and forgets what is gone", async () => {
    await stage.sweep(stage.context());
    stage.clock.advance(8 * 86_400_000);
    const { portal } = stage.hubspot;
    portal.remove("ticket", "1");
    portal.link("ticket", "2", [company("12")]);
    portal.link("ticket", "6000", [company("11")]);
    portal.remove("company", "10");
    expect((await sync())["listRecords"]).toBe(2);
    await stage.workOff(stage.context());
    expect(await records()).toEqual({
      "11": ["contact:501", "ticket:3", "ticket:6000"],
      "12": ["invoice:7", "ticket:2"],
    });
  });
});
