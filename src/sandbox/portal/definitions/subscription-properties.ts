import { choice, ownerProperty, standard } from "../property-definition.ts";

export const subscriptionProperties = [
  ...standard("string", "hs_name", "hs_currency_code"),
  choice("hs_status", "active", "past_due", "canceled", "expired", "scheduled"),
  ...standard("number", "hs_recurring_revenue"),
  ...standard("datetime", "hs_next_payment_due_date", "hs_recurring_billing_start_date"),
  ownerProperty(),
];
