import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { isMirrorComplete, readMirrorState } from "../../src/pipeline/mirror-state.ts";
import { syncMirror } from "../../src/pipeline/sync/sync-mirror.ts";
import { transitionalRules } from "../../src/pipeline/transitional-rules.ts";
import { compileRuleset, type CompiledRuleset } from "../../src/scoring/compiled-ruleset.ts";
import { createMoment } from "../../src/scoring/time/moment.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { company, putCompany } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

const rulesFor = (stage: string, given: Partial<Ruleset> = {}) => {
  const { customers } = pipelineRules();
  const where = [{ field: "lifecyclestage", test: { kind: "is" as const, values: [stage] } }];
  const churned = [{ field: `left_${stage}`, test: { kind: "known" as const } }];
  return compileRuleset(pipelineRules({ customers: { ...customers, where, churned }, hash: stage, ...given }));
};
const [seats, urgent, nps, due] = pipelineRules().signals;
if (!seats || !urgent || !nps || !due) throw new Error("The rules have four signals");
const old = rulesFor("customer", { signals: [seats, urgent, nps] });
const next = rulesFor("partner", { signals: [seats, urgent, due] });

describe("rules in transition", () => {
  it.each([
    [{ lifecyclestage: "customer" }, "customer"],
    [{ lifecyclestage: "partner" }, "customer"],
    [{ lifecyclestage: "partner", left_customer: "x" }, "customer"],
    [{ lifecyclestage: "customer", left_customer: "x" }, "left"],
    [{ lifecyclestage: "lead", left_partner: "x" }, "left"],
    [{ lifecyclestage: "lead" }, "stranger"],
  ])("call a company a customer where either does: %j", (properties, standing) => {
    const rules = transitionalRules(old, next);
    const moment = createMoment(new Date("2026-10-01T08:00:00Z"), rules.calendar, new Set());
    expect(rules.standingOf(properties, moment)).toBe(standing);
  });

  it("read what either reads", () => {
    const { reads, sources } = transitionalRules(old, next);
    expect(reads.company).toEqual(expect.arrayContaining(["left_customer", "left_partner", "seats"]));
    expect(reads.company).toEqual(reads.company.toSorted());
    expect([reads.contacts, reads.invoices.includes("hs_balance_due")]).toEqual([["nps_score"], true]);
    expect([...sources].sort()).toEqual(["contacts", "invoices", "tickets"]);
  });

  describe("fill a mirror", () => {
    let stage: PipelineStage;
    beforeAll(async () => {
      stage = await openPipelineStage();
    });
    beforeEach(() => stage.reset());
    afterAll(() => stage.database.drop());

    const sync = (rules: CompiledRuleset) => syncMirror({ ...stage.context(), rules }, null, () => undefined);
    const complete = async () => {
      const state = await readMirrorState(stage.store);
      return [old, next].map((rules) => isMirrorComplete(state, rules));
    };

    it("from which both can score, until one of them syncs alone", async () => {
      putCompany(stage.hubspot, "10");
      putCompany(stage.hubspot, "11", { lifecyclestage: "partner" });
      stage.hubspot.portal.put("invoice", "1", { hs_balance_due: "5" }, [company("11")]);
      await sync(old);
      expect([await complete(), await stage.store.mirror.countCompanies()]).toEqual([[true, false], 1]);
      await sync(transitionalRules(old, next));
      expect([await complete(), await stage.store.mirror.countCompanies()]).toEqual([[true, true], 2]);
      expect(await stage.recordsOf("11")).toEqual(["invoice:1"]);
      await sync(next);
      expect(await complete()).toEqual([false, true]);
    });
  });
});
