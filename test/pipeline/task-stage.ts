import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import type { PipelineContext } from "../../src/pipeline/pipeline-context.ts";
import type { HubSpotPort } from "../../src/pipeline/hubspot-port.ts";
import type { Ruleset } from "../../src/scoring/ruleset/ruleset.ts";
import { putCompany } from "./customers.ts";
import { pipelineRules } from "./pipeline-rules.ts";
import { openPipelineStage, type PipelineStage } from "./pipeline-stage.ts";

/** Two healthy customers, 10 and 11, that were scored and delivered, for each test of a suite. */
export function useTaskStage(ruleset: Ruleset = pipelineRules()) {
  let stage: PipelineStage;
  let context: PipelineContext;

  beforeAll(async () => {
    stage = await openPipelineStage();
  });
  beforeEach(async () => {
    await stage.reset();
    context = stage.context(ruleset);
    for (const id of ["10", "11"]) putCompany(stage.hubspot, id, { hubspot_owner_id: "7" });
    await stage.sweep(context);
    stage.hubspot.calls.length = 0;
  });
  afterAll(() => stage.database.drop());

  /** Brings a company's new score to where only the delivery is left to be done. */
  async function decide(id: string, seats: string): Promise<void> {
    const churn = seats === "left" ? { churned_at: "2026-09-30" } : { seats, churned_at: null };
    putCompany(stage.hubspot, id, churn);
    await stage.hint(`company:${id}`);
    stage.clock.advance(1_000);
    await stage.workOn(context, "refresh");
    await stage.workOn(context, "rescore");
  }
  /** Without tickets half of the score is 100: this brings a ticket to every fall. */
  async function drop(id: string): Promise<void> {
    for (const n of ["1", "2"]) {
      const link = { type: "company" as const, id, primary: true };
      stage.hubspot.portal.put("ticket", `${id}${n}`, { hs_ticket_priority: "URGENT" }, [link]);
      await stage.hint(`ticket:${id}${n}`);
    }
    await decide(id, "40");
  }
  async function recover(id: string): Promise<void> {
    for (const n of ["1", "2"]) {
      stage.hubspot.portal.remove("ticket", `${id}${n}`);
      await stage.hint(`ticket:${id}${n}`);
    }
    await decide(id, "90");
  }
  const atHubSpot = (id = "10") => [...stage.hubspot.portal.tasks.values()].filter(({ companyId }) => companyId === id);
  const creations = () => stage.hubspot.calls.filter((call) => call === "createTasks").length;
  /** Delivers what is due, with another way of making tasks where one is given. */
  const deliver = (createTasks?: HubSpotPort["createTasks"]) =>
    stage.workOn({ ...context, hubspot: { ...context.hubspot, ...(createTasks && { createTasks }) } }, "deliver");

  return {
    get pipeline() {
      return stage;
    },
    get context() {
      return context;
    },
    decide,
    drop,
    recover,
    atHubSpot,
    creations,
    deliver,
  };
}
