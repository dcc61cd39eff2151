import { DAY_MS } from "../../../src/sandbox/generator/day.ts";
import { objectTypes } from "../../../src/sandbox/portal/object-types.ts";
import type { Author, Portal } from "../../../src/sandbox/portal/portal.ts";
import { defineProperty } from "../../../src/sandbox/portal/property-definition.ts";
import { createRecord } from "../../../src/sandbox/portal/write-record.ts";
import { createRandom, type Random } from "../../../src/sandbox/random.ts";

/** How many companies, and of how many one is a customer: 1 makes all of them customers. */
export type PortalSize = { companies: number; customerEvery: number };
/** The ids of a portal's records; `ticketsOf` by company. */
export type FilledPortal = {
  companies: string[];
  customers: string[];
  contacts: string[];
  tickets: string[];
  invoices: string[];
  ticketsOf: Map<string, string[]>;
};

const { company, contact, ticket, invoice } = objectTypes;
/** https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide */
const PRIMARY_COMPANY = { contact: 1, ticket: 26 };
const TO_COMPANY = { ticket: 339, invoice: 179 };
const TICKET_TO_CONTACT = 16;
/** Of five companies in turn: on average three contacts, two tickets and three invoices, among customers as among others. */
const CONTACTS = [1, 5, 3, 2, 4];
const TICKETS = [0, 4, 2, 1, 3];
const INVOICES = [2, 4, 1, 5, 3];
const OWNERS = ["411000101", "411000102", "411000103", "411000104", "411000105"];
const OVERDUE_SHARE = 0.06;
/** One ticket in so many hangs on its company through a contact alone. */
const ONLY_BY_CONTACT = 50;

/**
 * Makes companies with their contacts, tickets and invoices in the portal itself, the same for the same size: over HTTP
 * it would take longer than what is measured. All was modified in the months before now, none of it this week.
 */
export function fillPortal(portal: Portal, { companies, customerEvery }: PortalSize): FilledPortal {
  portal.properties.put(
    ticket,
    defineProperty({ name: "pressure", type: "number", fieldType: "number", groupName: "ticketinformation" }),
  );
  const random = createRandom(companies);
  const filled: FilledPortal = {
    companies: [],
    customers: [],
    contacts: [],
    tickets: [],
    invoices: [],
    ticketsOf: new Map(),
  };
  for (let index = 0; index < companies; index += 1) {
    const isCustomer = index % customerEvery === 0;
    const companyId = addCompany(portal, random, index, isCustomer);
    filled.companies.push(companyId);
    if (isCustomer) filled.customers.push(companyId);
    // Shifted once in each round of customers, so that these are as mixed as the others.
    const kind = (index + Math.floor(index / customerEvery)) % CONTACTS.length;
    addChildren(portal, random, companyId, kind, filled);
  }
  return filled;
}

function addCompany(portal: Portal, random: Random, index: number, isCustomer: boolean): string {
  const now = portal.clock.now();
  const values = {
    name: `Company ${index}`,
    lifecyclestage: isCustomer ? "customer" : "lead",
    hubspot_owner_id: random.pick(OWNERS),
    last_login_at: instant(now - random.between(0, 45) * DAY_MS),
    key_features_used: String(random.whole(0, 6)),
    logins_30d: String(random.whole(5, 200)),
    annual_recurring_revenue: String(random.whole(20, 900) * 1_000),
    customer_since: instant(now - random.whole(200, 1_500) * DAY_MS).slice(0, 10),
  };
  return createRecord(portal, company, values, longAgo(random, now)).id;
}

function addChildren(portal: Portal, random: Random, companyId: string, kind: number, filled: FilledPortal): void {
  const now = portal.clock.now();
  const to = { type: company, id: companyId };
  const contacts: string[] = [];
  for (let count = CONTACTS[kind] ?? 0; count > 0; count -= 1) {
    const answer = random.chance(0.4)
      ? { nps_score: String(random.whole(0, 10)), nps_answered_at: instant(now - random.between(10, 200) * DAY_MS) }
      : {};
    const link = { to, typeIds: [PRIMARY_COMPANY.contact] };
    const values = { firstname: "Kim", lastname: `Hansen ${filled.contacts.length}`, ...answer };
    contacts.push(createRecord(portal, contact, values, longAgo(random, now), [link]).id);
  }
  filled.contacts.push(...contacts);

  const tickets: string[] = [];
  for (let count = TICKETS[kind] ?? 0; count > 0; count -= 1) {
    const isOpen = random.chance(0.3);
    const values = {
      subject: "A question",
      hs_pipeline: "0",
      hs_pipeline_stage: isOpen ? "1" : "4",
      hs_ticket_priority: random.pick(["LOW", "MEDIUM", "HIGH", "URGENT"]),
      pressure: "0",
    };
    const asker = { to: { type: contact, id: random.pick(contacts) }, typeIds: [TICKET_TO_CONTACT] };
    const ownLink = { to, typeIds: [PRIMARY_COMPANY.ticket, TO_COMPANY.ticket] };
    const order = filled.tickets.length + tickets.length;
    const links = order % ONLY_BY_CONTACT === 0 ? [asker] : [ownLink, asker];
    tickets.push(createRecord(portal, ticket, values, longAgo(random, now), links).id);
  }
  filled.tickets.push(...tickets);
  filled.ticketsOf.set(companyId, tickets);

  for (let count = INVOICES[kind] ?? 0; count > 0; count -= 1) {
    const isOverdue = random.chance(OVERDUE_SHARE);
    const dueAt = now - random.between(1, isOverdue ? 40 : 300) * DAY_MS;
    const paid = isOverdue ? {} : { hs_payment_date: instant(dueAt) };
    const values = {
      hs_title: "Licence",
      hs_invoice_status: isOverdue ? "open" : "paid",
      hs_due_date: instant(dueAt),
      hs_amount_billed: "12000",
      hs_balance_due: isOverdue ? "12000" : "0",
      hs_currency: "NOK",
      ...paid,
    };
    const link = { to, typeIds: [TO_COMPANY.invoice] };
    filled.invoices.push(createRecord(portal, invoice, values, longAgo(random, now), [link]).id);
  }
}

/** A colleague, between two months and half a year ago. */
function longAgo(random: Random, now: number): Author {
  return {
    at: Math.floor(now - random.between(60, 180) * DAY_MS),
    changeSource: "CRM_UI",
    sourceId: "userId:61000101",
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
