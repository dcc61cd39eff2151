import { z } from "zod";

import type { ObjectType } from "../portal/object-types.ts";
import { defineProperty, type PropertyDefinition } from "../portal/property-definition.ts";
import { ApiError, NotFoundPage, validationError } from "./api-error.ts";
import { type Answer, type Call, param, parseBody, typeParam } from "./call.ts";

const Option = z.object({
  label: z.string(),
  value: z.string(),
  displayOrder: z.number().int().default(-1),
  hidden: z.boolean().default(false),
  description: z.string().default(""),
});

const fields = {
  label: z.string(),
  type: z.enum(["bool", "date", "datetime", "enumeration", "number", "string"]),
  fieldType: z.enum([
    "booleancheckbox",
    "calculation_equation",
    "checkbox",
    "date",
    "file",
    "html",
    "number",
    "phonenumber",
    "radio",
    "select",
    "text",
    "textarea",
  ]),
  groupName: z.string(),
};
const more = {
  description: z.string().optional(),
  options: z.array(Option).optional(),
  displayOrder: z.number().int().optional(),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
};

/** Lower-case letters, digits and underscores, a letter first: https://developers.hubspot.com/docs/api-reference/crm-properties-v3/guide */
const Name = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/);

export const NewProperty = z.object({
  name: Name,
  ...fields,
  ...more,
  hasUniqueValue: z.boolean().optional(),
  externalOptions: z.boolean().optional(),
});
export type NewProperty = z.infer<typeof NewProperty>;
const PropertyUpdate = z.object({ ...fields, ...more }).partial();

export function listProperties(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const archived = call.query.get("archived") === "true";
  const results = call.portal.properties.list(type).filter((definition) => definition.archived === archived);
  return { status: 200, body: { results: results.map(showProperty) } };
}

export function getProperty(call: Call): Answer {
  return { status: 200, body: showProperty(findProperty(call)) };
}

export function postProperty(call: Call): Answer {
  const type = typeParam(call.params, "type");
  return { status: 201, body: showProperty(addProperty(call, type, parseBody(NewProperty, call.body))) };
}

export function patchProperty(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const definition = findProperty(call);
  const update = parseBody(PropertyUpdate, call.body);
  if (definition.modificationMetadata.readOnlyDefinition)
    throw validationError(`${definition.name} is defined by HubSpot and cannot be changed`);
  if (update.groupName !== undefined) checkGroup(call, type, update.groupName);
  const updated: PropertyDefinition = {
    ...definition,
    label: update.label ?? definition.label,
    type: update.type ?? definition.type,
    fieldType: update.fieldType ?? definition.fieldType,
    groupName: update.groupName ?? definition.groupName,
    description: update.description ?? definition.description,
    options: update.options ?? definition.options,
    displayOrder: update.displayOrder ?? definition.displayOrder,
    hidden: update.hidden ?? definition.hidden,
    formField: update.formField ?? definition.formField,
    updatedAt: new Date(call.author.at).toISOString(),
  };
  call.portal.properties.put(type, updated);
  call.portal.announce({ kind: "definition", type });
  return { status: 200, body: showProperty(updated) };
}

export function deleteProperty(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const definition = findProperty(call);
  if (!definition.modificationMetadata.archivable)
    throw validationError(`${definition.name} is defined by HubSpot and cannot be archived`);
  call.portal.properties.put(type, { ...definition, archived: true });
  call.portal.announce({ kind: "definition", type });
  return { status: 204 };
}

/** Adds a definition; an archived one of the same name comes back with the new definition. */
export function addProperty(call: Call, type: ObjectType, draft: NewProperty): PropertyDefinition {
  if (call.portal.properties.find(type, draft.name)) throw nameTaken(draft.name);
  checkGroup(call, type, draft.groupName);
  const at = new Date(call.author.at).toISOString();
  const definition = defineProperty({
    name: draft.name,
    label: draft.label,
    type: draft.type,
    fieldType: draft.fieldType,
    groupName: draft.groupName,
    description: draft.description ?? "",
    options: draft.options ?? [],
    displayOrder: draft.displayOrder ?? -1,
    hidden: draft.hidden ?? false,
    formField: draft.formField ?? false,
    hasUniqueValue: draft.hasUniqueValue ?? false,
    externalOptions: draft.externalOptions ?? false,
    createdAt: at,
    updatedAt: at,
  });
  call.portal.properties.put(type, definition);
  call.portal.announce({ kind: "definition", type });
  return definition;
}

/** As the batch answers it; the single call's body is not recorded anywhere. */
function nameTaken(name: string): ApiError {
  return new ApiError(409, `A property named '${name}' already exists.`, {
    category: "OBJECT_ALREADY_EXISTS",
    subCategory: "Properties.PROPERTY_WITH_NAME_EXISTS",
    context: { name: [name] },
  });
}

export function showProperty({ referencedObjectType, ...definition }: PropertyDefinition) {
  const reference = referencedObjectType === null ? {} : { referencedObjectType };
  return { ...definition, ...reference, dataSensitivity: "non_sensitive" };
}

function findProperty(call: Call): PropertyDefinition {
  const definition = call.portal.properties.find(typeParam(call.params, "type"), param(call.params, "name"));
  if (!definition) throw new NotFoundPage();
  return definition;
}

function checkGroup(call: Call, type: ObjectType, groupName: string): void {
  if (call.portal.properties.groups(type).some((group) => group.name === groupName)) return;
  throw validationError(`Property group "${groupName}" does not exist`, {
    errors: [{ message: `Property group "${groupName}" does not exist`, code: "GROUP_DOESNT_EXIST" }],
  });
}
