import { createMoment } from "../scoring/time/moment.ts";
import type { PortalRecord } from "./hubspot-port.ts";
import type { PipelineContext } from "./pipeline-context.ts";

/** Tells the companies that are or were customers from the others, by the rules. */
export async function sortCompanies<Company extends Pick<PortalRecord, "properties">>(
  { rules, portal, now }: PipelineContext,
  companies: readonly Company[],
): Promise<{ customers: Company[]; strangers: Company[] }> {
  const { closedStages } = await portal.facts();
  const moment = createMoment(now(), rules.calendar, closedStages);
  const isStranger = ({ properties }: Company) => rules.standingOf(properties, moment) === "stranger";
  return {
    customers: companies.filter((company) => !isStranger(company)),
    strangers: companies.filter(isStranger),
  };
}
