import { z } from "zod";

import { linkRecords, unlinkRecords } from "../portal/link-records.ts";
import type { RecordRef } from "../portal/link-store.ts";
import { NotFoundPage } from "./api-error.ts";
import { checkTypeId, linkByDefault, missingEnds, PAGE_SIZE } from "./associations-batch.ts";
import { type Answer, answerBatch, type Call, limitParam, param, parseBody, typeParam } from "./call.ts";
import { AssociationSpec } from "./new-record.ts";
import { pageOfLinks } from "./page-of-links.ts";
import { showLabels, showLink } from "./show-link.ts";

const Types = z.array(AssociationSpec).min(1);

export function listLinks(call: Call): Answer {
  const from = fromRef(call);
  const toType = typeParam(call.params, "to");
  if (!call.portal.records.findLive(from.type, from.id)) throw new NotFoundPage();
  const limit = limitParam(call.query, PAGE_SIZE, PAGE_SIZE);
  const { links, after } = pageOfLinks(call.portal, from, toType, Number(call.query.get("after") ?? 0), limit);
  const link = `https://api.hubapi.com/crm/v4/objects/${from.type.plural}/${from.id}/associations/${toType.plural}?after=${after}`;
  const paging = after === null ? {} : { paging: { next: { after, link } } };
  return { status: 200, body: { results: links.map(showLink), ...paging } };
}

export function putLink(call: Call): Answer {
  const { from, to } = linkedRefs(call);
  const typeIds = parseBody(Types, call.body).map((spec) => checkTypeId(spec.associationTypeId, from, to));
  linkRecords(call.portal, from, to, typeIds, call.author);
  return { status: 201, body: showLabels(from, to) };
}

export function putDefaultLink(call: Call): Answer {
  const { from, to } = linkedRefs(call);
  return answerBatch(call, 200, linkByDefault(call, from, to));
}

export function deleteLink(call: Call): Answer {
  unlinkRecords(call.portal, fromRef(call), toRef(call), call.author);
  return { status: 204 };
}

function linkedRefs(call: Call) {
  const refs = { from: fromRef(call), to: toRef(call) };
  if (missingEnds(call.portal, refs.from, refs.to).length > 0) throw new NotFoundPage();
  return refs;
}

function fromRef(call: Call): RecordRef {
  return { type: typeParam(call.params, "from"), id: param(call.params, "id") };
}

function toRef(call: Call): RecordRef {
  return { type: typeParam(call.params, "to"), id: param(call.params, "toId") };
}
