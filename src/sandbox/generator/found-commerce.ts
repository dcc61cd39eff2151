import { objectTypes } from "../portal/object-types.ts";
import type { Portal } from "../portal/portal.ts";
import type { PortalRecord } from "../portal/record-store.ts";
import { createRecord, updateRecord } from "../portal/write-record.ts";
import type { Random } from "../random.ts";
import { billing, colleague, DAY_MS, iso } from "./day.ts";
import type { Life } from "./life.ts";
import type { Story } from "./story.ts";

const COMPANY_OF_SUBSCRIPTION = 297;
const CONTACT_OF_SUBSCRIPTION = 295;
const PRIMARY_COMPANY_OF_DEAL = 5;
const REFERRING_SHARE = 0.15;
const RENEWAL_DEAL_DAYS = 60;

/**
 * What a customer has bought: its subscription, and, where its contract ends soon, the deal about the next one. Its
 * chance is its own, so that it changes nothing of what else is made up.
 */
export function foundCommerce(portal: Portal, random: Random, life: Life, story: Story, end: number): void {
  const company = portal.records.findLive(objectTypes.company, life.companyId);
  const yearly = Number(company?.properties["annual_recurring_revenue"] ?? 0);
  if (!company || yearly === 0) return;
  const { startsAt, contactIds, currency } = life;
  const link = { to: { type: objectTypes.company, id: company.id }, typeIds: [COMPANY_OF_SUBSCRIPTION] };
  const [firstContact] = contactIds;
  const contactLink = { to: { type: objectTypes.contact, id: firstContact ?? "" }, typeIds: [CONTACT_OF_SUBSCRIPTION] };
  createRecord(
    portal,
    objectTypes.subscription,
    {
      hs_name: company.properties["plan"] ?? "",
      hs_status: "active",
      hs_recurring_revenue: String(Math.round(yearly / 12)),
      hs_currency_code: currency,
      hs_recurring_billing_start_date: iso(startsAt),
      hs_next_payment_due_date: iso(end + random.whole(1, 28) * DAY_MS),
    },
    billing(startsAt),
    firstContact === undefined ? [link] : [link, contactLink],
  );
  const webinars = String(webinarsAttended(random, story, -Infinity));
  const values = { webinars_attended_90d: webinars, referred_a_customer: String(random.chance(REFERRING_SHARE)) };
  updateRecord(portal, company, values, colleague(startsAt));
  const renewsAt = Date.parse(company.properties["renewal_date"] ?? "");
  if (renewsAt - end < RENEWAL_DEAL_DAYS * DAY_MS) {
    makeDeal(
      portal,
      company,
      { amount: yearly, currency, stage: "contractsent" },
      Math.max(startsAt, end - 30 * DAY_MS),
    );
  }
}

/** A deal with a customer; one that is won is closed at once. */
export function makeDeal(
  portal: Portal,
  company: PortalRecord,
  { amount, currency, stage }: { amount: number; currency: string; stage: "contractsent" | "closedwon" },
  at: number,
): void {
  const values = {
    dealname: company.properties["name"] ?? "",
    amount: String(Math.round(amount)),
    deal_currency_code: currency,
    dealstage: stage,
    dealtype: "existingbusiness",
    ...(stage === "closedwon" ? { closedate: iso(at) } : {}),
  };
  const link = { to: { type: objectTypes.company, id: company.id }, typeIds: [PRIMARY_COMPANY_OF_DEAL] };
  createRecord(portal, objectTypes.deal, values, colleague(at), [link]);
}

/** In the last 90 days: who uses much also comes to hear more. */
export function webinarsAttended(random: Random, story: Story, turned: number): number {
  return Math.round((story.keyFeatures(turned) / 2) * random.next());
}
