import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { unavailable } from "../../fakes/fake-hubspot.ts";
import { plainSignal } from "../../scoring/sample-ruleset.ts";
import { syncMirror } from "../../../src/pipeline/sync/sync-mirror.ts";
import { company, contact, putCompany, putUrgentTicket } from "../customers.ts";
import { pipelineRules } from "../pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "../pipeline-stage.ts";

const DAY_MS = 86_400_000;

describe("the nightly sync", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    for (const id of ["10", "11", "12"]) putCompany(stage.hubspot, id);
    stage.hubspot.portal.put("contact", "501", {}, [company("11")]);
    stage.hubspot.portal.put("contact", "502", {}, [company("12")]);
    for (const id of ["1", "2"]) putUrgentTicket(stage.hubspot, id, company("10"));
    putUrgentTicket(stage.hubspot, "3", contact("501"));
    await stage.sweep(stage.context());
  });
  afterAll(() => stage.database.drop());

  async function nights(count: number, context = stage.context()): Promise<void> {
    for (let night = 0; night < count; night += 1) {
      stage.clock.advance(DAY_MS);
      await stage.sweep(context);
    }
  }

  it("asks for little where nothing was modified", async () => {
    // Read by itself, a record that is linked to a company is not asked for its contacts.
    putUrgentTicket(stage.hubspot, "4", company("10"), contact("501"));
    await stage.hint("ticket:4");
    await stage.workOff(stage.context());
    await nights(2);
    stage.hubspot.calls.length = 0;
    await nights(1);
    const calls = Map.groupBy(stage.hubspot.calls, (call) => call);
    expect(calls.get("readLinks")?.length ?? 0).toBeLessThanOrEqual(5);
    calls.delete("readLinks");
    expect(Object.fromEntries([...calls].map(([call, all]) => [call, all.length]))).toEqual({
      readTicketStages: 1,
      readOwners: 1,
      searchRecords: 4,
    });
  });

  it("brings no company back that a search still shows, though it is deleted", async () => {
    const { portal } = stage.hubspot;
    putCompany(stage.hubspot, "13");
    const deleted = portal.find("company", "13");
    if (!deleted) throw new Error("The company was put just now");
    portal.remove("company", "13");
    const context = stage.context();
    const searchRecords: typeof context.hubspot.searchRecords = async (request) => {
      const page = await context.hubspot.searchRecords(request);
      return request.type === "company" ? { ...page, records: [...page.records, deleted] } : page;
    };
    await nights(1, { ...context, hubspot: { ...context.hubspot, searchRecords } });
    expect(await stage.store.mirror.companiesAfter("", 9)).toEqual(["10", "11", "12"]);
  });

  it("reads nothing more of records that the overlap shows again", async () => {
    putUrgentTicket(stage.hubspot, "4", company("10"));
    await nights(1);
    const context = stage.context();
    const from = new Set<string>();
    const readLinks: typeof context.hubspot.readLinks = (type, ...rest) => {
      from.add(type);
      return context.hubspot.readLinks(type, ...rest);
    };
    putUrgentTicket(stage.hubspot, "5", company("11"));
    stage.clock.advance(60_000);
    await syncMirror({ ...context, hubspot: { ...context.hubspot, readLinks } }, null, () => undefined);
    expect(from).toContain("ticket");
    from.clear();
    stage.clock.advance(60_000);
    await syncMirror({ ...context, hubspot: { ...context.hubspot, readLinks } }, null, () => undefined);
    expect(from).not.toContain("ticket");
  });

  const moved = { "10": ["ticket:1", "ticket:2"], "11": ["contact:501", "ticket:3"], "12": ["contact:502"] };
  it.each<[string, () => void, Partial<typeof moved>]>([
    [
      "a record that was linked to another customer",
      () => stage.hubspot.portal.link("ticket", "2", [company("12")]),
      { "10": ["ticket:1"], "12": ["contact:502", "ticket:2"] },
    ],
    [
      "a record that was linked to the contact of another",
      () => stage.hubspot.portal.link("ticket", "3", [contact("502")]),
      { "11": ["contact:501"], "12": ["contact:502", "ticket:3"] },
    ],
    [
      "a contact that was linked to another customer, with what belongs to that one by it",
      () => stage.hubspot.portal.link("contact", "501", [company("12")]),
      { "11": [], "12": ["contact:501", "contact:502", "ticket:3"] },
    ],
    ["a record that was deleted", () => stage.hubspot.portal.remove("ticket", "2"), { "10": ["ticket:1"] }],
    [
      "a record whose company is another's primary one now",
      () => stage.hubspot.portal.link("ticket", "2", [{ type: "company", id: "10" }, company("11")]),
      { "10": ["ticket:1"], "11": ["contact:501", "ticket:2", "ticket:3"] },
    ],
  ])("finds within a week, before all is compared, %s", async (_, change, after) => {
    change();
    await nights(6);
    const owned = [];
    for (const id of ["10", "11", "12"]) owned.push([id, await stage.recordsOf(id)]);
    expect(Object.fromEntries(owned)).toEqual({ ...moved, ...after });
  });

  it("reads the properties that HubSpot works out of every customer, whose date they do not move", async () => {
    const { portal } = stage.hubspot;
    portal.calculate("company", "orders");
    const rules = pipelineRules({
      signals: [...pipelineRules().signals.slice(1), { ...plainSignal("orders"), name: "seats" }],
    });
    putCompany(stage.hubspot, "13", { orders: "90" });
    await nights(1, stage.context(rules));
    expect(await stage.valueOf("13", "score")).toBe("95");
    portal.drift("company", "13", { orders: "20" });
    await nights(1, stage.context(rules));
    expect(await stage.valueOf("13", "score")).toBe("60");
    // A search shows nothing of it, which is not to say that it is none.
    stage.clock.advance(DAY_MS);
    putCompany(stage.hubspot, "13", { seats: "1" });
    const putAt = stage.clock.instant;
    stage.hubspot.failNext("readRecords", unavailable(503));
    await expect(stage.sweep(stage.context(rules))).rejects.toThrow("503");
    const { rows } = await stage.database.pool.query(
      "select properties->>'orders' as orders, modified_at as at from companies where id = '13'",
    );
    expect(rows).toEqual([{ orders: "20", at: putAt }]);
  });

  it("tells new customers by a property that HubSpot works out, and no search shows", async () => {
    const { portal } = stage.hubspot;
    portal.calculate("company", "orders");
    const where = [{ field: "orders", test: { kind: "over" as const, than: 5 } }];
    const rules = pipelineRules({ customers: { ...pipelineRules().customers, where } });
    putCompany(stage.hubspot, "10", { orders: "9" });
    await nights(1, stage.context(rules));
    putCompany(stage.hubspot, "13", { orders: "9" });
    putUrgentTicket(stage.hubspot, "7", company("13"));
    await nights(1, stage.context(rules));
    expect(await stage.valueOf("13", "score")).toBe("70");
    expect(await stage.valueOf("10", "score")).toBe("45");
  });

  it("reads such a property of other records with what was modified", async () => {
    const { portal } = stage.hubspot;
    portal.calculate("ticket", "hs_ticket_priority");
    await nights(1);
    portal.put("ticket", "1", { hs_ticket_priority: "LOW" });
    await stage.store.settings.write("calculated_of", {});
    await nights(1);
    const { rows } = await stage.database.pool.query(
      "select properties->>'hs_ticket_priority' as priority from records where id = '1'",
    );
    expect(rows).toEqual([{ priority: "LOW" }]);
  });

  it("reads by id where the rules name more than a search can be asked for", async () => {
    const names = Array.from({ length: 90 }, (_, index) => `a_property_with_a_long_name_${index}`);
    const rules = pipelineRules({ signals: [...pipelineRules().signals, ...names.map(plainSignal)] });
    await nights(1, stage.context(rules));
    putCompany(stage.hubspot, "10", { seats: "20" });
    stage.hubspot.calls.length = 0;
    await nights(1, stage.context(rules));
    expect(stage.hubspot.calls).toContain("readRecords");
    expect(await stage.valueOf("10", "score")).toBe("10");
  });
});
