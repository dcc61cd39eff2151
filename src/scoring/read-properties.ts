import { propertiesOfField } from "./derived-fields.ts";
import type { Source } from "./facts.ts";
import type { Condition, Ruleset } from "./ruleset.ts";
import { companyPropertiesOf } from "./task-text.ts";

/** The HubSpot properties that a ruleset reads, sorted, per place it reads them from. */
export type ReadProperties = Record<"company" | Source, string[]>;

/** Tasks name the company and go to its owner, whatever the rules read. */
const ALWAYS_OF_COMPANY = ["name", "hubspot_owner_id"];

export function readPropertiesOf(ruleset: Ruleset): ReadProperties {
  const read: Record<"company" | Source, Set<string>> = {
    company: new Set(ALWAYS_OF_COMPANY),
    contacts: new Set(),
    tickets: new Set(),
    invoices: new Set(),
  };
  const addFields = (source: "company" | Source, fields: readonly string[]) => {
    for (const field of fields) {
      for (const property of propertiesOfField(source, field)) read[source].add(property);
    }
  };
  const fieldsOf = (condition: Condition | null) => (condition ?? []).map(({ field }) => field);

  const { where, churned, value, renewal } = ruleset.customers;
  addFields("company", [...fieldsOf(where), ...fieldsOf(churned), ...[value, renewal].filter((name) => name !== null)]);
  for (const signal of ruleset.signals) {
    if ("property" in signal) addFields("company", [signal.property]);
    if ("where" in signal) addFields(signal.of, fieldsOf(signal.where));
    if ("field" in signal) addFields(signal.of, [signal.field]);
    if ("by" in signal) addFields(signal.of, [signal.by]);
  }
  for (const { task } of ruleset.plays) {
    addFields("company", [...companyPropertiesOf(task.subject), ...companyPropertiesOf(task.body)]);
  }
  return {
    company: [...read.company].toSorted(),
    contacts: [...read.contacts].toSorted(),
    tickets: [...read.tickets].toSorted(),
    invoices: [...read.invoices].toSorted(),
  };
}
