import { z } from "zod";

const PropertyOption = z.object({
  label: z.string(),
  value: z.string(),
  displayOrder: z.number(),
  hidden: z.boolean(),
  description: z.string(),
});
export type PropertyOption = z.infer<typeof PropertyOption>;

/** How HubSpot describes a property. Instants are ISO. https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide */
export const PropertyDefinition = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(["bool", "date", "datetime", "enumeration", "number", "string"]),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string(),
  options: z.array(PropertyOption),
  displayOrder: z.number(),
  calculated: z.boolean(),
  externalOptions: z.boolean(),
  hasUniqueValue: z.boolean(),
  hidden: z.boolean(),
  hubspotDefined: z.boolean(),
  formField: z.boolean(),
  modificationMetadata: z.object({
    archivable: z.boolean(),
    readOnlyDefinition: z.boolean(),
    readOnlyValue: z.boolean(),
  }),
  /** Whose ids the values are, e.g. OWNER. */
  referencedObjectType: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
});
export type PropertyDefinition = z.infer<typeof PropertyDefinition>;

export const PropertyGroup = z.object({
  name: z.string(),
  label: z.string(),
  displayOrder: z.number(),
  archived: z.boolean(),
});
export type PropertyGroup = z.infer<typeof PropertyGroup>;

type Draft = Partial<PropertyDefinition> & Pick<PropertyDefinition, "name" | "type" | "fieldType">;

const LONG_AGO = "2019-08-06T02:41:08.304Z";

/** A full definition out of its telling parts; the rest is what HubSpot fills in for a property made over the API. */
export function defineProperty(draft: Draft): PropertyDefinition {
  return {
    label: labelOf(draft.name),
    groupName: "",
    description: "",
    options: [],
    displayOrder: -1,
    calculated: false,
    externalOptions: false,
    hasUniqueValue: false,
    hidden: false,
    hubspotDefined: false,
    formField: false,
    modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
    referencedObjectType: null,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    archived: false,
    ...draft,
  };
}

/** A property that HubSpot brings and a user or an app may write. */
export function standard(type: PropertyDefinition["type"], ...names: string[]): PropertyDefinition[] {
  return names.map((name) => defineProperty({ name, type, fieldType: fieldTypeOf(type), ...fromHubSpot(false) }));
}

/** A property that HubSpot alone writes: a write to it is refused. */
export function readOnly(type: PropertyDefinition["type"], ...names: string[]): PropertyDefinition[] {
  return names.map((name) => defineProperty({ name, type, fieldType: fieldTypeOf(type), ...fromHubSpot(true) }));
}

/** A property that HubSpot works out of others: no webhook tells of its changes, and no search shows its value. */
export function calculated(type: PropertyDefinition["type"], ...names: string[]): PropertyDefinition[] {
  return readOnly(type, ...names).map((definition) => ({ ...definition, calculated: true }));
}

export function choice(name: string, ...values: string[]): PropertyDefinition {
  return defineProperty({
    name,
    type: "enumeration",
    fieldType: "select",
    options: listOptions(values),
    ...fromHubSpot(false),
  });
}

/** Values are owner ids; the options live with the owners, not with the definition. */
export function ownerProperty(): PropertyDefinition {
  return defineProperty({
    name: "hubspot_owner_id",
    type: "enumeration",
    fieldType: "select",
    externalOptions: true,
    referencedObjectType: "OWNER",
    ...fromHubSpot(false),
  });
}

export function listOptions(values: readonly string[]): PropertyOption[] {
  return values.map((value, displayOrder) => ({
    label: labelOf(value),
    value,
    displayOrder,
    hidden: false,
    description: "",
  }));
}

function fromHubSpot(readOnlyValue: boolean) {
  return {
    hubspotDefined: true,
    modificationMetadata: { archivable: false, readOnlyDefinition: true, readOnlyValue },
  };
}

/** A datetime has the field type `date` too: HubSpot has no other. */
function fieldTypeOf(type: PropertyDefinition["type"]): string {
  const fieldTypes = {
    bool: "booleancheckbox",
    date: "date",
    datetime: "date",
    enumeration: "select",
    number: "number",
    string: "text",
  };
  return fieldTypes[type];
}

function labelOf(name: string): string {
  const words = name.replace(/^hs_/, "").replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
