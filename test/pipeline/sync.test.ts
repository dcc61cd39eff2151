import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { HubSpotRefused } from "../../src/pipeline/hubspot-errors.ts";
import type { ListRequest } from "../../src/pipeline/hubspot-port.ts";
import { refreshRecords } from "../../src/pipeline/refresh.ts";
import { syncMirror } from "../../src/pipeline/sync/sync-mirror.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { company, contact, putCompany, putUrgentTicket } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

const MINUTE_MS = 60_000;

describe("the sync", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    for (const id of ["10", "11", "12", "13"]) putCompany(stage.hubspot, id);
    putCompany(stage.hubspot, "30", { lifecyclestage: "lead" });
    stage.hubspot.portal.put("contact", "501", {}, [company("11")]);
    for (const id of ["1", "2", "3", "4"]) putUrgentTicket(stage.hubspot, id, company("10"));
    putUrgentTicket(stage.hubspot, "5", contact("501"));
    putUrgentTicket(stage.hubspot, "6", company("30"));
  });
  afterAll(() => stage.database.drop());

  /** Syncs, and tells which types were listed as a whole. */
  async function sync(ruleset?: Ruleset): Promise<string[]> {
    const context = stage.context(ruleset);
    const listed = new Set<string>();
    const listRecords = (request: ListRequest) => stage.hubspot.port.listRecords(request);
    const hubspot = {
      ...context.hubspot,
      listRecords: (request: ListRequest) => {
        listed.add(request.type);
        return listRecords(request);
      },
    };
    await syncMirror({ ...context, hubspot }, null, () => undefined);
    return [...listed];
  }
  const watermarks = async () => (await stage.store.settings.read("mirror"))?.watermarks;
  const isoAgo = (ms: number) => new Date(stage.clock.instant.getTime() - ms).toISOString();

  it("reads everything at first, page by page, and keeps what belongs to customers", async () => {
    const steps: string[] = [];
    await syncMirror(stage.context(), null, ({ type, done, total }) => steps.push(`${type} ${done}/${total}`));
    expect(steps).toEqual(["company 3/5", "company 5/5", "contact 1/1", "ticket 3/6", "ticket 6/6", "invoice 0/0"]);
    expect(await stage.store.mirror.countCompanies()).toBe(4);
    expect(await stage.recordsOf("10")).toEqual(["ticket:1", "ticket:2", "ticket:3", "ticket:4"]);
    expect(await stage.recordsOf("11")).toEqual(["contact:501", "ticket:5"]);
    expect(await stage.store.work.claim("rescore", 9, stage.clock.instant)).toEqual([]);
  });

  it("reads afterwards only what was modified", async () => {
    await sync();
    stage.clock.advance(30 * MINUTE_MS);
    stage.hubspot.portal.put("ticket", "1", { hs_ticket_priority: "LOW" });
    stage.hubspot.portal.put("ticket", "5", {}, [company("12")]);
    stage.hubspot.calls.length = 0;
    expect(await sync()).toEqual([]);
    expect(stage.hubspot.calls.filter((call) => call === "readRecords")).toEqual([]);
    expect(await stage.recordsOf("12")).toEqual(["ticket:5"]);
    const { rows } = await stage.database.pool.query(
      "select properties from records where type = 'ticket' and id = '1'",
    );
    expect(rows).toEqual([{ properties: { hs_ticket_priority: "LOW" } }]);
  });

  it("goes on past records whose links HubSpot refuses to show, and which become work of their own", async () => {
    await sync();
    stage.clock.advance(30 * MINUTE_MS);
    for (const id of ["1", "2"]) stage.hubspot.portal.put("ticket", id, { hs_ticket_priority: "LOW" });
    const context = stage.context();
    const details = { call: "POST /fake", correlationId: null, status: 207, category: "VALIDATION_ERROR" };
    const readLinks: typeof context.hubspot.readLinks = (from, ...rest) =>
      from === "ticket"
        ? Promise.reject(new HubSpotRefused("one of these rows failed", details))
        : context.hubspot.readLinks(from, ...rest);
    await syncMirror({ ...context, hubspot: { ...context.hubspot, readLinks } }, null, () => undefined);
    expect((await watermarks())?.["ticket"]).toBe(isoAgo(5 * MINUTE_MS));
    stage.clock.advance(MINUTE_MS);
    const claims = await stage.store.work.claim("refresh", 9, stage.clock.instant);
    // Of the others, which the overlap shows again, no links are asked for.
    expect(claims.map(({ key }) => key)).toEqual(["1", "2", "6"].map((id) => `ticket:${id}`));
  });

  it("lists a type that HubSpot refuses to search, and says so once a night", async () => {
    await sync();
    stage.clock.advance(30 * MINUTE_MS);
    stage.hubspot.portal.put("ticket", "1", { hs_ticket_priority: "LOW" });
    const details = { call: "POST /fake", correlationId: null, status: 400, category: "VALIDATION_ERROR" };
    stage.hubspot.refuseSearch("ticket", new HubSpotRefused("Unable to infer object type", details));
    const warnings = () => stage.log.lines.filter(({ level }) => level === "warn").length;
    expect([await sync(), warnings()]).toEqual([["ticket"], 1]);
    expect([await sync(), warnings()]).toEqual([["ticket"], 2]);
    expect(await stage.recordsOf("10")).toContain("ticket:1");
    expect((await stage.store.settings.read("mirror"))?.watermarks).not.toHaveProperty("ticket");
    stage.hubspot.searchAgain("ticket");
    await sync();
    expect(await sync()).toEqual([]);
  });

  it("keeps as watermark what HubSpot showed last, less five minutes, and never goes back", async () => {
    await sync();
    const first = isoAgo(5 * MINUTE_MS);
    // There are no invoices: any that come are searched for.
    const invoice = new Date(0).toISOString();
    expect(await watermarks()).toEqual({ company: first, contact: first, ticket: first, invoice });

    stage.clock.advance(60 * MINUTE_MS);
    stage.hubspot.portal.put("ticket", "1", {});
    const second = isoAgo(5 * MINUTE_MS);
    stage.clock.advance(60 * MINUTE_MS);
    await sync();
    expect(await watermarks()).toMatchObject({ ticket: second });
    stage.hubspot.portal.remove("ticket", "1");
    await sync();
    expect(await watermarks()).toMatchObject({ ticket: second });
  });

  it("searches right behind what HubSpot showed last once that is known for five minutes", async () => {
    await sync();
    const last = stage.clock.instant;
    stage.clock.advance(5 * MINUTE_MS);
    await sync();
    expect(await watermarks()).toMatchObject({ company: new Date(last.getTime() - 5 * MINUTE_MS).toISOString() });
    stage.clock.advance(1);
    await sync();
    expect(await watermarks()).toMatchObject({ company: new Date(last.getTime() + 1).toISOString() });
  });

  it("does not overlook what was modified while a long listing went on", async () => {
    const context = stage.context();
    const listRecords = (request: ListRequest) => stage.hubspot.port.listRecords(request);
    const hubspot = {
      ...context.hubspot,
      async listRecords(request: ListRequest) {
        const page = await listRecords(request);
        stage.clock.advance(10 * MINUTE_MS);
        if (request.type === "ticket" && request.after === undefined) {
          stage.hubspot.portal.put("ticket", "1", { hs_ticket_priority: "LOW" });
          stage.clock.advance(10 * MINUTE_MS);
          stage.hubspot.portal.put("ticket", "6", {});
        }
        return page;
      },
    };
    await syncMirror({ ...context, hubspot }, null, () => undefined);
    await sync();
    const { rows } = await stage.database.pool.query(
      "select properties from records where type = 'ticket' and id = '1'",
    );
    expect(rows).toEqual([{ properties: { hs_ticket_priority: "LOW" } }]);
  });

  describe("reads as a whole again", () => {
    beforeEach(async () => {
      stage.hubspot.portal.put("invoice", "7", {}, [company("10")]);
      await sync();
      expect(await sync()).toEqual([]);
    });

    it("a type of which the rules name another property", async () => {
      const [seats, urgent, ...rest] = pipelineRules().signals;
      if (!seats || urgent?.kind !== "count") throw new Error("The rules begin with seats and urgent tickets");
      const known = { field: "subject", test: { kind: "known" as const } };
      const ruleset = pipelineRules({ signals: [seats, { ...urgent, where: [...urgent.where, known] }, ...rest] });
      stage.hubspot.portal.put("ticket", "1", { subject: "Help" });
      expect(await sync(ruleset)).toEqual(["ticket"]);
      const { rows } = await stage.database.pool.query(
        "select properties->>'subject' as subject from records where type = 'ticket' and id = '1'",
      );
      expect(rows).toEqual([{ subject: "Help" }]);
      expect(await sync(ruleset)).toEqual([]);
      expect(await sync()).toEqual([]);
      const after = await stage.database.pool.query(
        "select properties from records where type = 'ticket' and id = '1'",
      );
      expect(after.rows).toEqual([{ properties: { hs_ticket_priority: "URGENT" } }]);
    });

    it("everything where the rules call others customers, with what belongs to them", async () => {
      const where = [{ field: "lifecyclestage", test: { kind: "is" as const, values: ["customer", "lead"] } }];
      const ruleset = pipelineRules({ customers: { ...pipelineRules().customers, where } });
      expect(await sync(ruleset)).toEqual(["company", "contact", "ticket", "invoice"]);
      expect(await stage.recordsOf("30")).toEqual(["ticket:6"]);
    });
  });

  it("notices in a whole listing that a company is no customer any more", async () => {
    await stage.sweep(stage.context());
    putCompany(stage.hubspot, "10", { lifecyclestage: "other" });
    const where = [{ field: "lifecyclestage", test: { kind: "is" as const, values: ["customer", "x"] } }];
    await stage.sweep(stage.context(pipelineRules({ customers: { ...pipelineRules().customers, where } })));
    expect((await stage.store.decisions.read("10"))?.scores).toEqual([]);
  });

  it("asks for no record when it is asked for none", async () => {
    await refreshRecords(stage.context(), [], "webhook");
    expect(stage.hubspot.calls).toEqual([]);
  });
});
