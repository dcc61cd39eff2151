import { objectTypes } from "../portal/object-types.ts";
import type { Portal } from "../portal/portal.ts";
import { createRecord } from "../portal/write-record.ts";
import type { Random } from "../random.ts";
import { colleague, DAY_MS, isoDate } from "./day.ts";
import type { Life } from "./life.ts";
import { type CompanyName, nameCompany, namePerson } from "./names.ts";
import { draw, type Range, type Story } from "./story.ts";

const PRIMARY_COMPANY_OF_CONTACT = 1;
const PRIMARY_COMPANY_OF_DEAL = 5;
const OWNED_SHARE = 0.9;
const plans = [
  { plan: "basic", revenue: [24_000, 90_000], employees: [3, 25] },
  { plan: "pro", revenue: [90_000, 400_000], employees: [20, 150] },
  { plan: "enterprise", revenue: [400_000, 2_400_000], employees: [120, 2_000] },
] as const;
const industries = [
  "ACCOUNTING",
  "LOGISTICS_AND_SUPPLY_CHAIN",
  "CONSTRUCTION",
  "HOSPITAL_HEALTH_CARE",
  "RENEWABLES_ENVIRONMENT",
];

/** Makes a customer as it stands when its relation begins. `end` is the end of the portal's past. */
export function foundCustomer(portal: Portal, random: Random, story: Story, index: number, end: number): Life {
  const startsAt = end - draw(random, story.tenureDays) * DAY_MS;
  const named = nameCompany(random, index);
  const { plan, revenue, employees } = random.pick(plans);
  const invoiceMonths = plan === "enterprise" ? 3 : random.pick([1, 1, 3] as const);
  const isSparse = story.contacts[1] === 0;
  const facts = {
    plan,
    annual_recurring_revenue: String(Math.round(draw(random, revenue) / 1_000) * 1_000),
    renewal_date: isoDate(end + draw(random, story.renewsInDays) * DAY_MS),
    numberofemployees: String(draw(random, employees)),
    hs_csm_sentiment: story.sentiment(-Infinity),
  };
  const company = createRecord(
    portal,
    objectTypes.company,
    {
      ...describe(named, random),
      lifecyclestage: "customer",
      hs_current_customer: "true",
      customer_since: isoDate(startsAt),
      ...owner(portal, random),
      ...(isSparse ? {} : facts),
    },
    colleague(startsAt),
  );
  return {
    index,
    companyId: company.id,
    contactIds: createContacts(portal, random, company.id, named, startsAt, story.contacts, "customer"),
    story: story.name,
    startsAt,
    turnsAt: end + draw(random, story.turnsInDays) * DAY_MS,
    nextInvoiceAt: startsAt + random.whole(0, 27) * DAY_MS,
    invoiceMonths,
    termDays: random.pick([14, 14, 21, 30]),
    invoicesIssued: 0,
    currency: named.country === "DK" ? "DKK" : "NOK",
    size: random.between(0.7, 1.6),
    zest: random.between(0.5, 1),
    sessions: [],
    appointments: [],
  };
}

/** A company that is not a customer: it has people, maybe a deal, and no story. */
export function foundProspect(portal: Portal, random: Random, index: number, end: number): void {
  const startsAt = end - random.whole(10, 400) * DAY_MS;
  const named = nameCompany(random, index);
  const lifecyclestage = random.pick(["lead", "opportunity"]);
  const values = { ...describe(named, random), lifecyclestage, ...owner(portal, random) };
  const company = createRecord(portal, objectTypes.company, values, colleague(startsAt));
  createContacts(portal, random, company.id, named, startsAt, [1, 2], "lead");
  if (lifecyclestage === "opportunity") offerDeal(portal, random, company.id, named.name, startsAt);
}

function offerDeal(portal: Portal, random: Random, companyId: string, name: string, at: number): void {
  const values = {
    dealname: name,
    amount: String(random.whole(20, 300) * 1_000),
    dealstage: random.pick(["qualifiedtobuy", "presentationscheduled", "contractsent"]),
    dealtype: "newbusiness",
  };
  const link = { to: { type: objectTypes.company, id: companyId }, typeIds: [PRIMARY_COMPANY_OF_DEAL] };
  createRecord(portal, objectTypes.deal, values, colleague(at), [link]);
}

function describe(named: CompanyName, random: Random) {
  const { name, domain, city, country } = named;
  return { name, domain, city, country, industry: random.pick(industries) };
}

function owner(portal: Portal, random: Random): { hubspot_owner_id?: string } {
  const active = portal.owners.filter((candidate) => !candidate.archived);
  return random.chance(OWNED_SHARE) ? { hubspot_owner_id: random.pick(active).id } : {};
}

function createContacts(
  portal: Portal,
  random: Random,
  companyId: string,
  named: CompanyName,
  at: number,
  howMany: Range,
  lifecyclestage: string,
): string[] {
  const link = { to: { type: objectTypes.company, id: companyId }, typeIds: [PRIMARY_COMPANY_OF_CONTACT] };
  return Array.from({ length: draw(random, howMany) }, (_, index) => {
    const values = { ...namePerson(random, named.country, named.domain, index), lifecyclestage };
    return createRecord(portal, objectTypes.contact, values, colleague(at), [link]).id;
  });
}
