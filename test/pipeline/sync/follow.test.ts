import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { syncMirror } from "../../../src/pipeline/sync/sync-mirror.ts";
import type { Ruleset } from "../../../src/scoring/ruleset/ruleset.ts";
import { company, putCompany, putUrgentTicket } from "../customers.ts";
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
    // Of contacts and invoices there is but a page.
    expect(calls).toMatchObject({ readRecords: 1, listRecords: 2 });
  });

  it("lists everything where the rules call most of them customers", async () => {
    await sync();
    expect(await sync(customersWhere("customer", "lead"))).toMatchObject({ listRecords: 1 + 202 + 1 });
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
