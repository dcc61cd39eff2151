import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { syncMirror } from "../../src/pipeline/sync/sync-mirror.ts";
import { company, putCompany, putUrgentTicket } from "./customers.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

const MINUTE_MS = 60_000;

describe("a sync beside a service", () => {
  let stage: PipelineStage;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    for (const id of ["10", "11"]) putCompany(stage.hubspot, id);
    putUrgentTicket(stage.hubspot, "1", company("10"));
  });
  afterAll(() => stage.database.drop());

  it("marks what changed where no sweep follows", async () => {
    const context = stage.context();
    await stage.sweep(context);
    stage.clock.advance(MINUTE_MS);
    stage.hubspot.portal.put("ticket", "1", { hs_ticket_priority: "LOW" });
    await syncMirror(context, "sweep", () => undefined);
    const claims = await stage.store.work.claim("rescore", 9, stage.clock.instant);
    expect(claims.map(({ key }) => key)).toEqual(["10"]);
  });

  it("does not overwrite what a webhook's read has saved since", async () => {
    const context = stage.context();
    await stage.sweep(context);
    stage.clock.advance(MINUTE_MS);
    putCompany(stage.hubspot, "10", { seats: "80" });
    let isOvertaken = false;
    const searchRecords: typeof context.hubspot.searchRecords = async (request) => {
      const answer = await context.hubspot.searchRecords(request);
      if (isOvertaken) return answer;
      isOvertaken = true;
      stage.clock.advance(1_000);
      putCompany(stage.hubspot, "10", { seats: "10" });
      await stage.hint("company:10");
      stage.clock.advance(1_000);
      await stage.workOn(context, "refresh");
      return answer;
    };
    await syncMirror({ ...context, hubspot: { ...context.hubspot, searchRecords } }, null, () => undefined);
    const { rows } = await stage.database.pool.query(
      "select properties->>'seats' as seats from companies where id = '10'",
    );
    expect(rows).toEqual([{ seats: "10" }]);
  });
});
