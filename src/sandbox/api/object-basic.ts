import { z } from "zod";

import { checkProperties } from "../portal/check-properties.ts";
import type { ObjectType } from "../portal/object-types.ts";
import type { PortalRecord } from "../portal/record-store.ts";
import { archiveRecord, createRecord, updateRecord } from "../portal/write-record.ts";
import { invalidProperties, NotFoundPage, validationError } from "./api-error.ts";
import { type Answer, type Call, limitParam, listParam, param, parseBody, typeParam } from "./call.ts";
import { checkNewRecord, NewRecord } from "./new-record.ts";
import { parseAssociations, showAssociations } from "./show-associations.ts";
import { showHistory, showRecord, showWritten } from "./show-record.ts";

const Update = z.object({ properties: z.record(z.string(), z.unknown()) });
const LIST_LIMIT = 100;
/** Of a list that asks for the history of properties. */
const HISTORY_LIMIT = 50;

/** GET /crm/v3/objects/{type}: a page in order of id. `after` is the first id that the next page may start with. */
export function listRecords(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const withHistory = listParam(call.query, "propertiesWithHistory").length > 0;
  const limit = limitParam(call.query, 10, withHistory ? HISTORY_LIMIT : LIST_LIMIT);
  const after = Number(call.query.get("after") ?? 0);
  if (!Number.isFinite(after)) throw validationError(`after must be a record id, was ${call.query.get("after")}`);
  const archived = call.query.get("archived") === "true";
  const page = call.portal.records.page(type, after, limit + 1, archived);
  const results = page.slice(0, limit).map((record) => showForRead(call, record));
  const last = page.length > limit ? page.at(limit - 1) : undefined;
  return { status: 200, body: { results, ...(last ? { paging: nextPage(call, type, Number(last.id) + 1) } : {}) } };
}

export function getRecord(call: Call): Answer {
  const type = typeParam(call.params, "type");
  refuseIdProperty(call.query.get("idProperty"));
  const wantsArchived = call.query.get("archived") === "true";
  const record = call.portal.records.find(type, param(call.params, "id"));
  if (!record || (record.archivedAt !== null) !== wantsArchived) throw new NotFoundPage();
  return { status: 200, body: showForRead(call, record) };
}

export function postRecord(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const draft = checkNewRecord(call.portal, type, parseBody(NewRecord, call.body));
  if (draft.invalid.length > 0) throw invalidProperties(draft.invalid);
  if (draft.refusal) throw draft.refusal;
  const record = createRecord(call.portal, type, draft.values, call.author, draft.links);
  return { status: 201, body: showWritten(call, record, Object.keys(record.properties)) };
}

export function patchRecord(call: Call): Answer {
  const type = typeParam(call.params, "type");
  refuseIdProperty(call.query.get("idProperty"));
  const { properties } = parseBody(Update, call.body);
  const record = call.portal.records.findLive(type, param(call.params, "id"));
  if (!record) throw new NotFoundPage();
  const { values, invalid } = checkProperties(call.portal, type, properties);
  if (invalid.length > 0) throw invalidProperties(invalid);
  updateRecord(call.portal, record, values, call.author);
  return { status: 200, body: showWritten(call, record, Object.keys(values)) };
}

/** Archiving what is archived, or never was, succeeds too. */
export function deleteRecord(call: Call): Answer {
  const record = call.portal.records.findLive(typeParam(call.params, "type"), param(call.params, "id"));
  if (record) archiveRecord(call.portal, record, call.author);
  return { status: 204 };
}

/** The sandbox knows records by id only; to answer by another property it would have to invent rules. */
export function refuseIdProperty(idProperty: string | null | undefined): void {
  if (idProperty) throw validationError(`idProperty ${idProperty} is not a unique property`);
}

function showForRead(call: Call, record: PortalRecord) {
  const toTypes = parseAssociations(listParam(call.query, "associations"));
  return {
    ...showRecord(call, record, listParam(call.query, "properties")),
    ...showHistory(call, record, listParam(call.query, "propertiesWithHistory")),
    ...showAssociations(call.portal, record, toTypes, "https://api.hubapi.com"),
  };
}

function nextPage(call: Call, type: ObjectType, after: number) {
  const query = new URLSearchParams(call.query);
  query.set("after", String(after));
  return {
    next: { after: String(after), link: `https://api.hubapi.com/crm/v3/objects/${type.plural}?${query.toString()}` },
  };
}
