import { z } from "zod";

import { findAssociationType } from "../portal/association-types.ts";
import { checkProperties, type InvalidProperty, type PropertyValues } from "../portal/check-properties.ts";
import { type ObjectType, objectTypes } from "../portal/object-types.ts";
import type { Portal } from "../portal/portal.ts";
import type { NewLink } from "../portal/write-record.ts";
import { ApiError, validationError } from "./api-error.ts";

/** An id in a request: clients send text, some send a number. */
export const Id = z.union([z.string(), z.number()]).transform(String);

export const AssociationSpec = z.object({
  associationCategory: z.literal("HUBSPOT_DEFINED"),
  associationTypeId: z.number().int(),
});

export const NewRecord = z.object({
  properties: z.record(z.string(), z.unknown()),
  associations: z.array(z.object({ to: z.object({ id: Id }), types: z.array(AssociationSpec).min(1) })).nullish(),
  objectWriteTraceId: z.string().nullish(),
});
export type NewRecord = z.infer<typeof NewRecord>;

/** A creation that was checked: nothing is made yet. `refusal` concerns this row only, `invalid` fails a whole batch. */
export type DraftRecord = {
  values: PropertyValues;
  links: NewLink[];
  invalid: InvalidProperty[];
  refusal: ApiError | null;
};

const requiredProperties: Record<string, readonly string[]> = {
  [objectTypes.task.id]: ["hs_timestamp"],
  [objectTypes.ticket.id]: ["hs_pipeline_stage"],
};

export function checkNewRecord(portal: Portal, type: ObjectType, input: NewRecord): DraftRecord {
  const { values, invalid } = checkProperties(portal, type, input.properties);
  const links: NewLink[] = [];
  let refusal = checkRequired(type, values) ?? checkEmail(portal, type, values);
  for (const { to, types } of input.associations ?? []) {
    for (const { associationTypeId } of types) {
      const outcome = checkLink(portal, type, to.id, associationTypeId);
      if ("refusal" in outcome) refusal ??= outcome.refusal;
      else links.push(outcome.link);
    }
  }
  return { values, links, invalid, refusal };
}

function checkRequired(type: ObjectType, values: PropertyValues): ApiError | null {
  const missing = (requiredProperties[type.id] ?? []).filter((name) => !values[name]);
  return missing.length === 0
    ? null
    : validationError(`Error creating ${type.singular.toUpperCase()}. Some required properties were not set.`, {
        context: { properties: missing },
      });
}

/** The one conflict that recorded answers show: a contact's email is its own. */
function checkEmail(portal: Portal, type: ObjectType, { email }: PropertyValues): ApiError | null {
  const existing = type.id === objectTypes.contact.id && email ? portal.contactEmails.find(email) : undefined;
  if (!existing) return null;
  return new ApiError(409, `Contact already exists. Existing ID: ${existing.id}`, {
    category: "CONFLICT",
    context: { existingId: [existing.id] },
  });
}

function checkLink(
  portal: Portal,
  from: ObjectType,
  toId: string,
  typeId: number,
): { link: NewLink } | { refusal: ApiError } {
  const type = findAssociationType(typeId);
  if (type?.from.id !== from.id)
    return { refusal: validationError(`Association type ${typeId} does not start at ${from.singular}`) };
  if (portal.records.findLive(type.to, toId)) return { link: { to: { type: type.to, id: toId }, typeIds: [typeId] } };
  return {
    refusal: validationError("One or more associations are not valid", {
      errors: [
        {
          subCategory: "crm.associations.TO_OBJECT_NOT_FOUND",
          message: `No ${type.to.singular} with ID ${toId} exists`,
          context: { objectType: [type.to.singular], id: [toId] },
        },
      ],
    }),
  };
}
