import { afterAll, beforeAll, expect } from "@jest/globals";
import { explainCompany, type Explanation } from "../../src/pipeline/explain-company.ts";
import { openStage, type Stage } from "./open-stage.ts";

const HOUR_MS = 3_600_000;

/** A running service for a suite, and customers in its portal. */
export function useCustomerStage() {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
    await stage.start();
  });
  afterAll(() => stage.close());

  const health = (companyId: string) => stage.person.health(companyId);
  return {
    get stage() {
      return stage;
    },
    addHealthyCustomer: async (properties: Record<string, string> = {}): Promise<string> => {
      const companyId = await stage.person.addCustomer(properties);
      await stage.settle();
      expect(await health(companyId)).toMatchObject({ band: "healthy" });
      return companyId;
    },
    /** An invoice falls due long ago, which makes a task; then an hour goes by. */
    drop: async (companyId: string): Promise<void> => {
      await stage.person.addOverdueInvoice(companyId);
      await stage.settle();
      expect(await health(companyId)).toMatchObject({ score: 40, band: "at_risk" });
      stage.clock.advance(HOUR_MS);
    },
    statusesOf: async (companyId: string) =>
      (await stage.person.tasksOf(companyId)).map(({ properties }) => properties.hs_task_status).sort(),
    reasonsOf: async (companyId: string) => (await health(companyId)).reasons,
    isMirrored: async (companyId: string): Promise<boolean> => {
      const { rowCount } = await stage.database.pool.query("select 1 from companies where id = $1", [companyId]);
      return rowCount === 1;
    },
    explain: (companyId: string): Promise<Explanation> => {
      const [service] = stage.services;
      if (!service) throw new Error("no service runs");
      return explainCompany(service, companyId, null);
    },
  };
}
