import { objectTypes } from "../portal/object-types.ts";
import { createRecord, updateRecord } from "../portal/write-record.ts";
import { billing, type Day, DAY_MS, iso, officeHour } from "./day.ts";
import { draw } from "./story.ts";

const COMPANY_OF_INVOICE = 179;

/** Issues the period's invoice when its day has come, and decides at once when it will be paid, if ever. */
export function issueInvoice(day: Day): void {
  const { life, random, story, turned } = day;
  const yearly = Number(day.company.properties["annual_recurring_revenue"] ?? 0);
  if (yearly === 0) return;
  const at = officeHour(day);
  const dueAt = Math.floor(at / DAY_MS) * DAY_MS + life.termDays * DAY_MS;
  const amount = String(Math.round((yearly * life.invoiceMonths) / 12));
  life.invoicesIssued += 1;
  const invoice = createRecord(
    day.portal,
    objectTypes.invoice,
    {
      hs_invoice_status: "open",
      hs_number: `${life.index + 1}-${life.invoicesIssued}`,
      hs_title: life.invoiceMonths === 1 ? "Månedsabonnement" : "Kvartalsabonnement",
      hs_currency: life.currency,
      hs_amount_billed: amount,
      hs_balance_due: amount,
      hs_amount_paid: "0",
      hs_invoice_date: iso(at),
      hs_due_date: iso(dueAt),
    },
    billing(at),
    [{ to: { type: objectTypes.company, id: life.companyId }, typeIds: [COMPANY_OF_INVOICE] }],
  );
  if (random.chance(story.defaults(turned))) return;
  const paidAt = Math.max(at + DAY_MS, dueAt + draw(random, story.paysAfterDueDays(turned)) * DAY_MS);
  life.appointments.push({ at: paidAt, what: "pay invoice", id: invoice.id });
}

export function isInvoiceDay(day: Day): boolean {
  return day.life.nextInvoiceAt <= day.to;
}

/** The next period's day: the same day of the month, and never one beyond the 28th. */
export function scheduleNextInvoice(day: Day): void {
  const { life } = day;
  while (life.nextInvoiceAt <= day.to) {
    const next = new Date(life.nextInvoiceAt);
    next.setUTCDate(Math.min(28, next.getUTCDate()));
    next.setUTCMonth(next.getUTCMonth() + life.invoiceMonths);
    life.nextInvoiceAt = next.getTime();
  }
}

export function payInvoice(day: Day, invoiceId: string, at: number): void {
  const invoice = day.portal.records.findLive(objectTypes.invoice, invoiceId);
  if (invoice?.properties["hs_invoice_status"] !== "open") return;
  const values = {
    hs_invoice_status: "paid",
    hs_balance_due: "0",
    hs_amount_paid: invoice.properties["hs_amount_billed"] ?? "0",
    hs_payment_date: iso(at),
  };
  updateRecord(day.portal, invoice, values, billing(at));
}
