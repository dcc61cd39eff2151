import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { HubSpotForbidden } from "../../src/pipeline/hubspot-errors.ts";
import { company, putCompany, putUrgentTicket } from "./customers.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

describe("where the token may not read a type, the sync", () => {
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

  it("stops where that is the company", async () => {
    stage.hubspot.forbid("company");
    await expect(stage.sweep(stage.context())).rejects.toBeInstanceOf(HubSpotForbidden);
  });
});
