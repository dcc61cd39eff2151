import { z } from "zod";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";

const CrmRecord = z.object({ id: z.string(), properties: z.record(z.string(), z.string().nullish()) });
export type CrmRecord = z.output<typeof CrmRecord>;
const Links = z.object({ results: z.array(z.object({ toObjectId: z.coerce.string() })) });

type Values = Record<string, string>;
export type PortalPerson = ReturnType<typeof createPortalPerson>;

export const DAY_MS = 86_400_000;
/** Owners of the sandbox's portal: the one of the customers here, the fallback of the rules, and one that has left. */
export const OWNER = { ofCustomers: "411000102", fallback: "411000101", archived: "411000106" };

/** https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide */
const TO_COMPANY = { tickets: 339, invoices: 179, contacts: 279 };
const TO_PRIMARY_COMPANY = { tickets: 26, contacts: 1 };
const TASK = [
  "hs_task_subject",
  "hs_task_body",
  "hs_task_status",
  "hs_task_priority",
  "hs_timestamp",
  "hubspot_owner_id",
  "chs_key",
];
const URGENT_TICKET = {
  subject: "Nobody can log in",
  hs_pipeline: "0",
  hs_pipeline_stage: "1",
  hs_ticket_priority: "URGENT",
};
const COMPANY = ["chs_health_score", "chs_health_band", "chs_health_reasons", "chs_health_scored_at"];

/** Somebody at work in the portal, by HTTP calls alone; `now` dates what they write. */
export function createPortalPerson({ url, personToken }: Pick<Sandbox, "url" | "personToken">, now: () => Date) {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${personToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 200)}`);
    return text === "" ? null : JSON.parse(text);
  }
  async function create(type: string, properties: Values, associations: unknown[]): Promise<string> {
    return CrmRecord.parse(await call("POST", `/crm/v3/objects/${type}`, { properties, associations })).id;
  }
  function addTo(type: keyof typeof TO_COMPANY, companyId: string, properties: Values): Promise<string> {
    const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: TO_COMPANY[type] }];
    return create(type, properties, [{ to: { id: companyId }, types }]);
  }
  const daysAgo = (days: number) => new Date(now().getTime() - days * DAY_MS).toISOString();

  return {
    daysAgo,
    /** A customer in the band `healthy`, with an owner, unless the properties say otherwise. */
    addCustomer: (properties: Values = {}) =>
      create(
        "companies",
        {
          name: "Fjord Logistikk",
          lifecyclestage: "customer",
          hubspot_owner_id: OWNER.ofCustomers,
          last_login_at: daysAgo(0),
          key_features_used: "5",
          seats_active_share: "80",
          hs_csm_sentiment: "HEALTHY",
          ...properties,
        },
        [],
      ),
    addUrgentTicket: (companyId: string) => addTo("tickets", companyId, URGENT_TICKET),
    /** A ticket that belongs to a company only through a contact. */
    addUrgentTicketOfContact: (contactId: string) =>
      create("tickets", URGENT_TICKET, [
        { to: { id: contactId }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 16 }] },
      ]),
    /** So long overdue that the customer's score is held at 40, whatever else is well. */
    addOverdueInvoice: (companyId: string) =>
      addTo("invoices", companyId, {
        hs_title: "Annual licence",
        hs_invoice_status: "open",
        hs_invoice_date: daysAgo(105),
        hs_due_date: daysAgo(75),
        hs_amount_billed: "48000",
        hs_balance_due: "48000",
        hs_currency: "NOK",
      }),
    payInvoice: (id: string) =>
      call("PATCH", `/crm/v3/objects/invoices/${id}`, {
        properties: { hs_invoice_status: "paid", hs_balance_due: "0", hs_payment_date: now().toISOString() },
      }),
    /** Somebody at the customer, who has answered the survey. */
    addContact: (companyId: string, npsScore: string) =>
      addTo("contacts", companyId, { nps_score: npsScore, nps_answered_at: daysAgo(1) }),
    /** Links a record to one more company, as its primary one where that is wanted. */
    link: (type: keyof typeof TO_PRIMARY_COMPANY, id: string, companyId: string, { primary = false } = {}) =>
      call("PUT", `/crm/v4/objects/${type}/${id}/associations/companies/${companyId}`, [
        {
          associationCategory: "HUBSPOT_DEFINED",
          associationTypeId: (primary ? TO_PRIMARY_COMPANY : TO_COMPANY)[type],
        },
      ]),
    unlink: (type: string, id: string, companyId: string) =>
      call("DELETE", `/crm/v4/objects/${type}/${id}/associations/companies/${companyId}`),
    /** Gives the id of the new record that the two become. */
    async merge(type: string, primaryObjectId: string, objectIdToMerge: string): Promise<string> {
      const merged = await call("POST", `/crm/v3/objects/${type}/merge`, { primaryObjectId, objectIdToMerge });
      return CrmRecord.parse(merged).id;
    },
    restore: (type: string, id: string) => call("POST", "/sandbox/restore", { type, id }),
    forgetContact: (id: string) => call("POST", "/crm/v3/objects/contacts/gdpr-delete", { objectId: id }),
    change: (type: string, id: string, properties: Values) =>
      call("PATCH", `/crm/v3/objects/${type}/${id}`, { properties }),
    remove: (type: string, id: string) => call("DELETE", `/crm/v3/objects/${type}/${id}`),
    /** What this product has written on a company. */
    async health(companyId: string) {
      const company = await call("GET", `/crm/v3/objects/companies/${companyId}?properties=${COMPANY.join(",")}`);
      const { chs_health_score: score, chs_health_band: band, ...more } = CrmRecord.parse(company).properties;
      const reasons = more.chs_health_reasons?.split("\n") ?? [];
      return { score: score == null ? null : Number(score), band, reasons, scoredAt: more.chs_health_scored_at };
    },
    /** Every task on a company, whoever made it. */
    async tasksOf(companyId: string): Promise<CrmRecord[]> {
      const links = await call("GET", `/crm/v4/objects/companies/${companyId}/associations/tasks?limit=500`);
      const reads = Links.parse(links).results.map(async ({ toObjectId }) =>
        CrmRecord.parse(await call("GET", `/crm/v3/objects/tasks/${toObjectId}?properties=${TASK.join(",")}`)),
      );
      return Promise.all(reads);
    },
  };
}
