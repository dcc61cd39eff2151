import { readOnly } from "../property-definition.ts";

/** Feedback submissions come from HubSpot's surveys; the API only reads them. */
export const feedbackProperties = [
  ...readOnly("string", "hs_survey_type", "hs_survey_name", "hs_response_group", "hs_sentiment", "hs_content"),
  ...readOnly("number", "hs_value", "hs_contact_id"),
  ...readOnly("datetime", "hs_submission_timestamp"),
];
