import { z } from "zod";

import { eraseContact } from "../portal/erase-contact.ts";
import { objectTypes } from "../portal/object-types.ts";
import { NotFoundPage, validationError } from "./api-error.ts";
import { type Answer, type Call, parseBody, typeParam } from "./call.ts";
import { Id } from "./new-record.ts";

const GdprDelete = z.object({ objectId: Id, idProperty: z.string().nullish() });

/**
 * POST /crm/v3/objects/contacts/gdpr-delete, by id or by email; archived contacts by id too. Whom nobody knows succeeds
 * as well: HubSpot then keeps that email from being added.
 * https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide
 */
export function gdprDelete(call: Call): Answer {
  const type = typeParam(call.params, "type");
  if (type.id !== objectTypes.contact.id) throw new NotFoundPage();
  const { objectId, idProperty } = parseBody(GdprDelete, call.body);
  if (idProperty && idProperty !== "email") throw validationError(`idProperty ${idProperty} is not a unique property`);
  const contact = idProperty ? call.portal.contactEmails.find(objectId) : call.portal.records.find(type, objectId);
  if (contact) eraseContact(call.portal, contact, call.author);
  return { status: 204 };
}
