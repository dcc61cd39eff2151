import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { HubSpotForbidden } from "../../src/pipeline/hubspot-errors.ts";
import { company, putCompany, putUrgentTicket } from "./customers.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

describe("where the token may not read a type, the mirror", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    putCompany(stage.hubspot, "10");
    for (const id of ["1", "2"]) putUrgentTicket(stage.hubspot, id, company("10"));
    stage.hubspot.forbid("ticket");
  });
  afterAll(() => stage.database.drop());

  it("scores it as unknown, not as none, and says which scope would help", async () => {
    await stage.sweep(stage.context());
    expect(await stage.store.decisions.read("10")).toMatchObject({
      scores: [{ detail: { signals: { urgent: { known: false, why: "unreadable" }, seats: { known: true } } } }],
      values: { chs_health_coverage: "50", chs_health_support: "" },
    });
    expect(stage.log.lines).toContainEqual(
      expect.objectContaining({
        level: "error",
        fields: expect.objectContaining({ type: "ticket", requiredScopes: ["crm.objects.tickets.read"] }),
      }),
    );
  });

  it("reads it as a whole once it may", async () => {
    await stage.sweep(stage.context());
    stage.hubspot.allow("ticket");
    await stage.sweep(stage.context());
    expect(await stage.valueOf("10", "score")).toBe("45");
  });

  it("still reads the others where that is the contact", async () => {
    stage.hubspot.allow("ticket");
    stage.hubspot.forbid("contact");
    await stage.sweep(stage.context());
    expect((await stage.store.settings.read("mirror"))?.unreadable).toEqual(["contact"]);
    expect(await stage.recordsOf("10")).toEqual(["ticket:1", "ticket:2"]);
  });

  it.each(["invoice", "ticket", "contact"] as const)(
    "goes on without it where the scope is lost by day and a customer comes (%s)",
    async (type) => {
      const context = stage.context();
      stage.hubspot.allow("ticket");
      await stage.sweep(context);
      stage.hubspot.forbid(type);
      stage.clock.advance(60_000);
      putCompany(stage.hubspot, "11");
      putUrgentTicket(stage.hubspot, "3", company("11"));
      await stage.hint("company:11", `${type}:3`);
      await stage.workOff(context);
      expect((await stage.store.settings.read("mirror"))?.unreadable).toEqual([type]);
      expect(await stage.recordsOf("11")).toEqual(type === "ticket" ? [] : ["ticket:3"]);
      expect(await stage.valueOf("11", "band")).toBeDefined();
      await stage.sweep(context);
      expect(await stage.store.sweeps.next()).toBeNull();
      stage.hubspot.allow(type);
      await stage.sweep(context);
      expect(await stage.valueOf("11", "score")).toBe("70");
    },
  );

  it("finds in the sweep of a new customer that a scope is lost, and ends all the same", async () => {
    stage.hubspot.allow("ticket");
    await stage.sweep(stage.context());
    stage.hubspot.forbid("invoice");
    stage.clock.advance(60_000);
    putCompany(stage.hubspot, "13");
    await stage.sweep(stage.context());
    expect(await stage.store.sweeps.next()).toBeNull();
    expect(await stage.valueOf("13", "score")).toBe("95");
  });

  it("brings what belongs to a customer through a contact once contacts may be read again", async () => {
    stage.hubspot.allow("ticket");
    stage.hubspot.forbid("contact");
    stage.hubspot.portal.put("contact", "501", {}, [company("10")]);
    putUrgentTicket(stage.hubspot, "5", { type: "contact", id: "501" });
    // A later ticket moves the watermark past the other one: a search would not show that again.
    stage.clock.advance(600_000);
    putUrgentTicket(stage.hubspot, "6", company("99"));
    await stage.sweep(stage.context());
    stage.hubspot.allow("contact");
    await stage.sweep(stage.context());
    expect(await stage.recordsOf("10")).toEqual(["contact:501", "ticket:1", "ticket:2", "ticket:5"]);
  });

  it("stops where that is the company", async () => {
    stage.hubspot.forbid("company");
    await expect(stage.sweep(stage.context())).rejects.toBeInstanceOf(HubSpotForbidden);
  });
});
