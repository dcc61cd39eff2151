import { objectTypes } from "../portal/object-types.ts";
import { linkedRecords } from "../portal/roll-ups.ts";
import { updateRecord } from "../portal/write-record.ts";
import { billing, colleague, type Day, isoDate, officeHour } from "./day.ts";
import { makeDeal, webinarsAttended } from "./found-commerce.ts";

const plans = ["basic", "pro", "enterprise"];
const EXPANSION = 1.2;
const WEBINARS_COUNTED_EVERY_DAYS = 30;

/** Renews, grows or ends the contract. */
export function playContract(day: Day): void {
  const { random, story, turned, company } = day;
  if (random.chance(story.leaves(turned))) {
    const at = officeHour(day);
    const values = { churned_at: isoDate(day.to), hs_current_customer: "false", hs_csm_sentiment: "AT_RISK" };
    updateRecord(day.portal, company, values, colleague(at));
    changeSubscriptions(day, { hs_status: "canceled" }, at);
    return;
  }
  const renewal = company.properties["renewal_date"];
  if (renewal !== undefined && Date.parse(renewal) < day.to) {
    const next = new Date(renewal);
    next.setUTCFullYear(next.getUTCFullYear() + 1);
    updateRecord(day.portal, company, { renewal_date: isoDate(next.getTime()) }, colleague(officeHour(day)));
  }
  if (random.chance(story.expands)) expand(day);
  if (random.chance(1 / WEBINARS_COUNTED_EVERY_DAYS)) countWebinars(day);
}

function expand(day: Day): void {
  const { company } = day;
  const before = Number(company.properties["annual_recurring_revenue"] ?? 0);
  const revenue = Math.round(before * EXPANSION);
  const plan = plans[plans.indexOf(company.properties["plan"] ?? "") + 1] ?? "enterprise";
  const at = officeHour(day);
  updateRecord(day.portal, company, { annual_recurring_revenue: String(revenue), plan }, colleague(at));
  changeSubscriptions(day, { hs_recurring_revenue: String(Math.round(revenue / 12)), hs_name: plan }, at);
  makeDeal(day.portal, company, { amount: revenue - before, currency: day.life.currency, stage: "closedwon" }, at);
}

function changeSubscriptions(day: Day, values: Record<string, string>, at: number): void {
  for (const subscription of linkedRecords(day.portal, day.company, objectTypes.subscription)) {
    updateRecord(day.portal, subscription, values, billing(at));
  }
}

function countWebinars(day: Day): void {
  const values = { webinars_attended_90d: String(webinarsAttended(day.random, day.story, day.turned)) };
  if (day.company.properties["webinars_attended_90d"] === values.webinars_attended_90d) return;
  updateRecord(day.portal, day.company, values, colleague(officeHour(day)));
}
