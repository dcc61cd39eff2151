import { choice, ownerProperty, standard } from "../property-definition.ts";

/** There is no status "overdue": that is an open invoice with a balance whose due date has passed. */
export const invoiceProperties = [
  choice("hs_invoice_status", "draft", "open", "paid", "voided"),
  ...standard("number", "hs_amount_billed", "hs_balance_due", "hs_amount_paid"),
  ...standard("datetime", "hs_due_date", "hs_invoice_date", "hs_payment_date"),
  ...standard("string", "hs_number", "hs_currency", "hs_title", "hs_invoice_link"),
  ownerProperty(),
];
