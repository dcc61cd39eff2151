import { calculated, choice, ownerProperty, standard } from "../property-definition.ts";

/** The options of hs_pipeline and hs_pipeline_stage are the portal's pipelines and their stages. */
export const ticketProperties = [
  ...standard("string", "subject", "content", "source_type"),
  choice("hs_pipeline"),
  choice("hs_pipeline_stage"),
  choice("hs_ticket_priority", "LOW", "MEDIUM", "HIGH", "URGENT"),
  choice("hs_ticket_category", "PRODUCT_ISSUE", "BILLING_ISSUE", "FEATURE_REQUEST", "GENERAL_INQUIRY"),
  ...standard("datetime", "closed_date", "first_agent_reply_date"),
  ...calculated("datetime", "hs_last_closed_date", "hs_lastactivitydate"),
  ...calculated("number", "time_to_close", "time_to_first_agent_reply"),
  ...calculated("string", "hs_time_to_close_sla_status", "hs_time_to_first_response_sla_status"),
  ownerProperty(),
];
