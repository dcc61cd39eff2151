import { calculated, choice, ownerProperty, standard } from "../property-definition.ts";

export const dealProperties = [
  ...standard("string", "dealname", "description", "deal_currency_code"),
  ...standard("number", "amount"),
  ...standard("datetime", "closedate"),
  choice("pipeline"),
  choice("dealstage"),
  choice("dealtype", "newbusiness", "existingbusiness"),
  ...calculated("bool", "hs_is_closed", "hs_is_closed_won"),
  ownerProperty(),
];
