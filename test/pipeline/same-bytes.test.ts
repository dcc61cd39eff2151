import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { StoredDecision } from "../../src/pipeline/store-port.ts";
import { compileRuleset } from "../../src/scoring/compiled-ruleset.ts";
import type { Snapshot } from "../../src/scoring/signals/snapshot.ts";
import { createMoment } from "../../src/scoring/time/moment.ts";
import { createStore } from "../../src/store/create-store.ts";
import { company, contact, putCompany, putUrgentTicket } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

const IDS = ["10", "11", "12", "13", "14"];

describe("the same signals, instant and ruleset", () => {
  let stage: PipelineStage;
  beforeAll(async () => {
    stage = await openPipelineStage();
    await stage.reset();
    for (const [index, id] of IDS.entries()) putCompany(stage.hubspot, id, { seats: `${index * 23.7}` });
    stage.hubspot.portal.put("contact", "501", { nps_score: "8.5" }, [company("11")]);
    putUrgentTicket(stage.hubspot, "1", company("10"));
    putUrgentTicket(stage.hubspot, "2", contact("501"));
    await stage.sweep(stage.context());
  });
  afterAll(() => stage.database.drop());

  const stored = async (): Promise<StoredDecision[]> => {
    // As after a restart: nothing but what is stored.
    const store = createStore(stage.database.pool);
    const decisions = await Promise.all(IDS.map((id) => store.decisions.read(id)));
    return decisions.flatMap((decision) => decision ?? []);
  };

  it("give the very score that is stored", async () => {
    const rules = compileRuleset(pipelineRules());
    const [card] = rules.scorecards;
    for (const { companyId, scores } of await stored()) {
      for (const { at, detail } of scores) {
        const snapshot: Snapshot = new Map(Object.entries(detail.signals));
        const score = card?.score(snapshot, createMoment(at, rules.calendar, new Set()));
        expect({ companyId, score }).toEqual({ companyId, score: detail.score });
      }
    }
  });

  it("give the same bytes on every Postgres and in every process", async () => {
    const { rows } = await stage.database.pool.query<{ digest: string }>(
      "select digest from scores order by company_id, name",
    );
    expect(rows).toHaveLength(IDS.length);
    const all = createHash("sha256").update(rows.map(({ digest }) => digest).join("\n"));
    // Of what was decided here, made once: another number means that stored scores cannot be made again as they were.
    expect(all.digest("hex")).toBe("cdbdbdcaf61a7f34d77f73174d314eb2c46aec575b4807ebbfd9f57fc67799e4");
  });
});
