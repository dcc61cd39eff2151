import { z } from "zod";

import { findAssociationType, findUnlabelledType } from "../portal/association-types.ts";
import { linkRecords, unlinkRecords } from "../portal/link-records.ts";
import type { RecordRef } from "../portal/link-store.ts";
import type { Portal } from "../portal/portal.ts";
import { validationError } from "./api-error.ts";
import { showDefaultLinks, showLabels, showLink } from "./show-link.ts";
import { type Answer, answerBatch, type Call, parseBody, typeParam } from "./call.ts";
import { AssociationSpec, Id } from "./new-record.ts";
import { pageOfLinks } from "./page-of-links.ts";

/** https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide#limits */
const READ_LIMIT = 1_000;
const CREATE_LIMIT = 2_000;
const ARCHIVE_LIMIT = 100;
export const PAGE_SIZE = 500;

const Ref = z.object({ id: Id });
const Read = z.object({ inputs: z.array(z.object({ id: Id, after: Id.nullish() })) });
const Create = z.object({ inputs: z.array(z.object({ from: Ref, to: Ref, types: z.array(AssociationSpec).min(1) })) });
const CreateDefault = z.object({ inputs: z.array(z.object({ from: Ref, to: Ref })) });
const Archive = z.object({ inputs: z.array(z.object({ from: Ref, to: z.array(Ref) })) });

/** Each `from` has its own paging; one without links is a row of errors, which is no failure. */
export function readLinks(call: Call): Answer {
  const { from, to } = ends(call);
  const { inputs } = parseBody(Read, call.body);
  checkSize(inputs.length, READ_LIMIT);
  const errors: unknown[] = [];
  const results = inputs.flatMap(({ id, after: start }) => {
    const { links, after } = pageOfLinks(call.portal, { type: from, id }, to, Number(start ?? 0), PAGE_SIZE);
    if (links.length === 0) {
      errors.push(noLinks(from.singular, id, to.singular));
      return [];
    }
    const link = `https://api.hubapi.com/crm/v4/objects/${from.plural}/${id}/associations/${to.plural}?after=${after}`;
    return [
      { from: { id }, to: links.map(showLink), ...(after === null ? {} : { paging: { next: { after, link } } }) },
    ];
  });
  return answerBatch(call, 200, results, errors);
}

export function createLinks(call: Call): Answer {
  const { from, to } = ends(call);
  const { inputs } = parseBody(Create, call.body);
  checkSize(inputs.length, CREATE_LIMIT);
  const errors: unknown[] = [];
  const results = inputs.flatMap((input) => {
    const [fromRef, toRef] = [
      { type: from, id: input.from.id },
      { type: to, id: input.to.id },
    ];
    const typeIds = input.types.map((spec) => checkTypeId(spec.associationTypeId, fromRef, toRef));
    const missing = missingEnds(call.portal, fromRef, toRef);
    errors.push(...missing);
    if (missing.length > 0) return [];
    linkRecords(call.portal, fromRef, toRef, typeIds, call.author);
    return [showLabels(fromRef, toRef)];
  });
  return answerBatch(call, 201, results, errors);
}

export function createDefaultLinks(call: Call): Answer {
  const { from, to } = ends(call);
  const { inputs } = parseBody(CreateDefault, call.body);
  checkSize(inputs.length, CREATE_LIMIT);
  const errors: unknown[] = [];
  const results = inputs.flatMap((input) => {
    const [fromRef, toRef] = [
      { type: from, id: input.from.id },
      { type: to, id: input.to.id },
    ];
    const missing = missingEnds(call.portal, fromRef, toRef);
    errors.push(...missing);
    return missing.length > 0 ? [] : linkByDefault(call, fromRef, toRef);
  });
  return answerBatch(call, 200, results, errors);
}

export function archiveLinks(call: Call): Answer {
  const { from, to } = ends(call);
  const { inputs } = parseBody(Archive, call.body);
  checkSize(inputs.length, ARCHIVE_LIMIT);
  for (const input of inputs)
    for (const { id } of input.to)
      unlinkRecords(call.portal, { type: from, id: input.from.id }, { type: to, id }, call.author);
  return { status: 204 };
}

/** Makes the unlabelled link and shows it from both ends. */
export function linkByDefault(call: Call, from: RecordRef, to: RecordRef) {
  const type = findUnlabelledType(from.type, to.type);
  if (!type) throw validationError(`No default association from ${from.type.singular} to ${to.type.singular}`);
  linkRecords(call.portal, from, to, [type.typeId], call.author);
  return showDefaultLinks(from, to, type);
}

/** A type id that belongs to this pair; another one is refused for the whole request. */
export function checkTypeId(typeId: number, from: RecordRef, to: RecordRef): number {
  const type = findAssociationType(typeId);
  if (type?.from.id === from.type.id && type.to.id === to.type.id) return typeId;
  throw validationError(`Association type ${typeId} does not link ${from.type.singular} to ${to.type.singular}`);
}

export function missingEnds(portal: Portal, from: RecordRef, to: RecordRef) {
  const ends: [RecordRef, string][] = [
    [from, "FROM"],
    [to, "TO"],
  ];
  return ends
    .filter(([ref]) => !portal.records.findLive(ref.type, ref.id))
    .map(([ref, end]) => ({
      status: "error",
      category: "OBJECT_NOT_FOUND",
      subCategory: `crm.associations.${end}_OBJECT_NOT_FOUND`,
      message: `No ${ref.type.singular} with ID ${ref.id} exists`,
      context: { objectType: [ref.type.singular], id: [ref.id] },
    }));
}

function ends(call: Call) {
  return { from: typeParam(call.params, "from"), to: typeParam(call.params, "to") };
}

function checkSize(size: number, limit: number): void {
  if (size > limit) throw validationError(`The maximum number of inputs in a batch is ${limit}, there were ${size}.`);
}

function noLinks(fromName: string, id: string, toName: string) {
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
    message: `No ${toName} is associated with ${fromName} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [fromName], toObjectType: [toName] },
  };
}
