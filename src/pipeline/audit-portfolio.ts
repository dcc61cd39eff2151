import { createAudit, type Audit } from "../scoring/analysis/audit-rules.ts";
import { scoreCustomer } from "../scoring/analysis/score-customer.ts";
import type { PipelineContext } from "./pipeline-context.ts";
import { portfolioMoment, readPortfolio } from "./read-portfolio.ts";

/** Audits the rules over every customer of the mirror, without a call to HubSpot. Throws `NothingSwept`. */
export async function auditPortfolio({
  store,
  rules,
  now,
}: Pick<PipelineContext, "store" | "rules" | "now">): Promise<Audit> {
  const moment = await portfolioMoment(store, rules, now());
  const audit = createAudit(rules, moment);
  for await (const { facts, before } of readPortfolio(store, [rules])) {
    audit.add(scoreCustomer(rules, facts, moment, before));
  }
  return audit.result();
}
