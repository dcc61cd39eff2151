import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { RecordType } from "../../../src/pipeline/hubspot-port.ts";
import { company, contact, putCompany, putUrgentTicket } from "../customers.ts";
import { openPipelineStage, type PipelineStage } from "../pipeline-stage.ts";

const DAY_MS = 86_400_000;

describe("once a week", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    for (const id of ["9", "10", "11"]) putCompany(stage.hubspot, id);
    stage.hubspot.portal.put("contact", "501", {}, [company("11")]);
    for (const id of ["8", "9", "10", "11", "12"]) putUrgentTicket(stage.hubspot, id, company("10"));
    putUrgentTicket(stage.hubspot, "13", contact("501"));
    await stage.sweep(stage.context());
  });
  afterAll(() => stage.database.drop());

  async function weekLater(): Promise<void> {
    stage.clock.advance(7 * DAY_MS);
    await stage.sweep(stage.context());
  }
  const valueAtHubSpot = (id: string, name: string) => stage.hubspot.portal.find("company", id)?.properties[name];

  it.each<[string, RecordType, string]>([
    ["first", "ticket", "8"],
    ["in the middle", "ticket", "10"],
    ["last", "ticket", "13"],
    ["alone", "contact", "501"],
  ])("a record that is gone is found, listed %s or not", async (_, type, id) => {
    stage.hubspot.portal.remove(type, id);
    await weekLater();
    const records = [await stage.recordsOf("10"), await stage.recordsOf("11")].flat();
    expect(records).not.toContain(`${type}:${id}`);
    expect(records).toHaveLength(type === "contact" ? 5 : 6);
  });

  it("a record is not gone because HubSpot did not list it", async () => {
    const context = stage.context();
    const listRecords: typeof context.hubspot.listRecords = async (request) => {
      const page = await context.hubspot.listRecords(request);
      return { ...page, records: page.records.filter(({ id }) => id !== "10") };
    };
    stage.clock.advance(7 * DAY_MS);
    await stage.sweep({ ...context, hubspot: { ...context.hubspot, listRecords } });
    expect(await stage.recordsOf("10")).toHaveLength(5);
  });

  it("a company that is gone is found, and a record that is linked to none", async () => {
    stage.hubspot.portal.remove("company", "9");
    stage.hubspot.portal.link("ticket", "10", []);
    await weekLater();
    expect(await stage.store.mirror.companiesAfter("", 9)).toEqual(["10", "11"]);
    expect(await stage.recordsOf("10")).not.toContain("ticket:10");
  });

  it("a value of ours that a person changed is written again, and no other", async () => {
    const score = valueAtHubSpot("9", "chs_health_score");
    expect(score).toBeDefined();
    const putBack = () => stage.hubspot.calls.filter((call) => call === "updateCompanies").length;
    await weekLater();
    const before = putBack();
    await weekLater();
    expect(putBack()).toBe(before);

    stage.hubspot.portal.put("company", "9", { chs_health_score: "1", chs_health_reasons: "" });
    stage.clock.advance(DAY_MS);
    await stage.sweep(stage.context());
    expect(valueAtHubSpot("9", "chs_health_score")).toBe("1");
    await weekLater();
    expect(valueAtHubSpot("9", "chs_health_score")).toBe(score);
    expect(putBack()).toBe(before + 1);
  });

  it("HubSpot's own form of a value is no other value", async () => {
    const { rows } = await stage.database.pool.query<{ written: Record<string, string> }>(
      "select written from companies where id = '9'",
    );
    const at = rows[0]?.written["chs_health_scored_at"] ?? "";
    const score = rows[0]?.written["chs_health_score"] ?? "";
    stage.hubspot.portal.put("company", "9", {
      chs_health_scored_at: at.replace(".000Z", "Z"),
      chs_health_score: `${score}.0`,
    });
    stage.hubspot.calls.length = 0;
    await weekLater();
    expect(stage.hubspot.calls).not.toContain("updateCompanies");
  });

  it("what HubSpot works out is asked for again", async () => {
    stage.hubspot.portal.calculate("company", "seats");
    await weekLater();
    expect((await stage.store.settings.read("calculated"))?.["company"]).toContain("seats");
  });
});
