import { calculated, choice, defineProperty, ownerProperty, readOnly, standard } from "../property-definition.ts";

export const contactProperties = [
  ...standard("string", "email", "firstname", "lastname", "phone", "jobtitle", "company", "website", "hs_pipeline"),
  choice("lifecyclestage", "subscriber", "lead", "opportunity", "customer", "other"),
  ...standard("bool", "hs_email_optout"),
  ownerProperty(),
  ...readOnly("number", "associatedcompanyid"),
  ...calculated("number", "num_notes"),
  ...calculated("datetime", "notes_last_contacted", "notes_last_updated", "hs_email_last_open_date"),
  defineProperty({ name: "nps_score", type: "number", fieldType: "number", groupName: "voice" }),
  defineProperty({ name: "nps_answered_at", type: "datetime", fieldType: "date", groupName: "voice" }),
];
