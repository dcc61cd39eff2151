import { updateRecord } from "../portal/write-record.ts";
import { colleague, type Day, isoDate, officeHour } from "./day.ts";

const plans = ["starter", "business", "enterprise"];
const EXPANSION = 1.2;

/** Renews, grows or ends the contract. */
export function playContract(day: Day): void {
  const { random, story, turned, company } = day;
  if (random.chance(story.leaves(turned))) {
    const values = { churned_at: isoDate(day.to), hs_current_customer: "false", hs_csm_sentiment: "AT_RISK" };
    updateRecord(day.portal, company, values, colleague(officeHour(day)));
    return;
  }
  const renewal = company.properties["renewal_date"];
  if (renewal !== undefined && Date.parse(renewal) < day.to) {
    const next = new Date(renewal);
    next.setUTCFullYear(next.getUTCFullYear() + 1);
    updateRecord(day.portal, company, { renewal_date: isoDate(next.getTime()) }, colleague(officeHour(day)));
  }
  if (random.chance(story.expands)) {
    const revenue = Math.round(Number(company.properties["annual_recurring_revenue"] ?? 0) * EXPANSION);
    const plan = plans[plans.indexOf(company.properties["plan"] ?? "") + 1] ?? "enterprise";
    updateRecord(day.portal, company, { annual_recurring_revenue: String(revenue), plan }, colleague(officeHour(day)));
  }
}
