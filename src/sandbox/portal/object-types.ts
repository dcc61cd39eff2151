/** What the portal knows of one kind of CRM object. `id` is HubSpot's objectTypeId. */
export type ObjectType = {
  id: string;
  singular: string;
  plural: string;
  createdProperty: "createdate" | "hs_createdate";
  modifiedProperty: "lastmodifieddate" | "hs_lastmodifieddate";
  /** What a read answers when no property is asked for. */
  shownProperties: readonly string[];
  /** Any one of these scopes lets an app read, write, or define properties. No write scope: read only. */
  readScopes: readonly string[];
  writeScopes: readonly string[];
  schemaScopes: readonly string[];
};

const own = { createdProperty: "hs_createdate", modifiedProperty: "hs_lastmodifieddate", shownProperties: [] } as const;

/**
 * Type ids, names, default properties and scopes. Tasks hang on the contact scopes: there is no tasks scope.
 * https://developers.hubspot.com/docs/guides/crm/understanding-the-crm
 */
export const objectTypes = {
  company: {
    id: "0-2",
    singular: "company",
    plural: "companies",
    createdProperty: "createdate",
    modifiedProperty: "hs_lastmodifieddate",
    shownProperties: ["domain", "name"],
    readScopes: ["crm.objects.companies.read"],
    writeScopes: ["crm.objects.companies.write"],
    schemaScopes: ["crm.schemas.companies.write"],
  },
  contact: {
    id: "0-1",
    singular: "contact",
    plural: "contacts",
    createdProperty: "createdate",
    modifiedProperty: "lastmodifieddate",
    shownProperties: ["email", "firstname", "lastname"],
    readScopes: ["crm.objects.contacts.read"],
    writeScopes: ["crm.objects.contacts.write"],
    schemaScopes: ["crm.schemas.contacts.write"],
  },
  ticket: {
    id: "0-5",
    singular: "ticket",
    plural: "tickets",
    createdProperty: "createdate",
    modifiedProperty: "hs_lastmodifieddate",
    shownProperties: [
      "content",
      "hs_pipeline",
      "hs_pipeline_stage",
      "hs_ticket_category",
      "hs_ticket_priority",
      "subject",
    ],
    readScopes: ["tickets"],
    writeScopes: ["tickets"],
    schemaScopes: ["tickets"],
  },
  invoice: {
    ...own,
    id: "0-53",
    singular: "invoice",
    plural: "invoices",
    readScopes: ["crm.objects.invoices.read"],
    writeScopes: ["crm.objects.invoices.write"],
    schemaScopes: ["crm.schemas.invoices.write"],
  },
  deal: {
    id: "0-3",
    singular: "deal",
    plural: "deals",
    createdProperty: "createdate",
    modifiedProperty: "hs_lastmodifieddate",
    shownProperties: ["amount", "closedate", "dealname", "dealstage", "pipeline"],
    readScopes: ["crm.objects.deals.read"],
    writeScopes: ["crm.objects.deals.write"],
    schemaScopes: ["crm.schemas.deals.write"],
  },
  task: {
    ...own,
    id: "0-27",
    singular: "task",
    plural: "tasks",
    readScopes: ["crm.objects.contacts.read"],
    writeScopes: ["crm.objects.contacts.write"],
    schemaScopes: ["crm.schemas.contacts.write"],
  },
  feedback: {
    ...own,
    id: "0-19",
    singular: "feedback_submission",
    plural: "feedback_submissions",
    readScopes: ["crm.objects.feedback_submissions.read"],
    writeScopes: [],
    schemaScopes: [],
  },
  subscription: {
    ...own,
    id: "0-69",
    singular: "subscription",
    plural: "subscriptions",
    readScopes: ["crm.objects.subscriptions.read"],
    writeScopes: ["crm.objects.subscriptions.write"],
    schemaScopes: ["crm.schemas.subscriptions.write"],
  },
} as const satisfies Record<string, ObjectType>;

export const allObjectTypes: readonly ObjectType[] = Object.values(objectTypes);

const byName = new Map(
  allObjectTypes.flatMap((type) => [type.id, type.singular, type.plural].map((name) => [name, type] as const)),
);

/** The type that a path or a subscription names: singular, plural or type id, in any case. */
export function findObjectType(name: string): ObjectType | undefined {
  return byName.get(name.toLowerCase());
}
