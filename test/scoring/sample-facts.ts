import type { Facts, PropertyValues } from "../../src/scoring/facts.ts";

/** A customer called Nordvik without any record, but for what is given. */
export function sampleFacts(given: Partial<Omit<Facts, "company">> & { company?: PropertyValues } = {}): Facts {
  return {
    companyId: "501",
    contacts: [],
    tickets: [],
    invoices: [],
    deals: [],
    subscriptions: [],
    feedback: [],
    linked: {},
    history: {},
    ...given,
    company: {
      name: "Nordvik AS",
      lifecyclestage: "customer",
      hubspot_owner_id: "7",
      churned_at: null,
      ...given.company,
    },
  };
}

/** A customer whose seats, features and nps are all at one level, so that the sample rules score just that. */
export function levelFacts(level: number | null, company: PropertyValues = {}): Facts {
  const text = level === null ? null : String(level);
  return sampleFacts({ company: { seats: text, features: text, nps: text, ...company } });
}
