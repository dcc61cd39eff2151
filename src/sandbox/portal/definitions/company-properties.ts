import { calculated, choice, defineProperty, listOptions, ownerProperty, standard } from "../property-definition.ts";

const lifecycleStages = [
  "subscriber",
  "lead",
  "marketingqualifiedlead",
  "salesqualifiedlead",
  "opportunity",
  "customer",
  "evangelist",
  "other",
];

/** The values that HubSpot computes for a company; no write reaches them and no webhook tells of them. */
const companyRollUps = [
  ...calculated(
    "number",
    "num_contacted_notes",
    "num_notes",
    "num_associated_contacts",
    "num_associated_deals",
    "hs_num_open_deals",
    "hs_total_deal_value",
    "total_revenue",
    "recent_deal_amount",
    "hs_num_child_companies",
  ),
  ...calculated(
    "datetime",
    "notes_last_contacted",
    "notes_last_updated",
    "notes_next_activity_date",
    "hs_last_sales_activity_timestamp",
    "hs_last_sales_activity_date",
    "hs_last_booked_meeting_date",
    "hs_last_logged_call_date",
    "hs_last_logged_outgoing_email_date",
    "hs_last_open_task_date",
    "hs_sales_email_last_replied",
    "recent_deal_close_date",
    "hs_latest_createdate_of_active_subscriptions",
  ),
  ...calculated("string", "hs_last_sales_activity_type"),
];

/** What this customer has added to its portal: product use, contract and billing facts, and a word of its own on health. */
const customProperties = [
  { name: "last_login_at", type: "datetime", fieldType: "date" } as const,
  { name: "logins_30d", type: "number", fieldType: "number" } as const,
  { name: "key_features_used", type: "number", fieldType: "number" } as const,
  { name: "seats_active_share", type: "number", fieldType: "number" } as const,
  { name: "webinars_attended_90d", type: "number", fieldType: "number" } as const,
  { name: "referred_a_customer", type: "bool", fieldType: "booleancheckbox" } as const,
  { name: "health_override", type: "number", fieldType: "number" } as const,
  { name: "health_override_reason", type: "string", fieldType: "text" } as const,
  { name: "health_override_until", type: "date", fieldType: "date" } as const,
  { name: "annual_recurring_revenue", type: "number", fieldType: "number" } as const,
  { name: "customer_since", type: "date", fieldType: "date" } as const,
  { name: "renewal_date", type: "date", fieldType: "date" } as const,
  { name: "churned_at", type: "date", fieldType: "date" } as const,
  {
    name: "plan",
    type: "enumeration",
    fieldType: "select",
    options: listOptions(["trial", "basic", "pro", "enterprise"]),
  } as const,
].map((draft) => defineProperty({ ...draft, groupName: "product_use" }));

export const companyProperties = [
  ...standard("string", "name", "domain", "website", "industry", "phone", "address", "city", "country", "description"),
  ...standard("number", "annualrevenue", "numberofemployees"),
  choice("lifecyclestage", ...lifecycleStages),
  choice("hs_csm_sentiment", "HEALTHY", "NEUTRAL", "AT_RISK"),
  ...standard("bool", "hs_current_customer"),
  ...standard("string", "hs_pipeline", "hs_parent_company_id"),
  ownerProperty(),
  ...companyRollUps,
  ...customProperties,
];
