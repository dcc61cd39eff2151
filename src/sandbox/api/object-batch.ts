import { z } from "zod";

import { checkProperties } from "../portal/check-properties.ts";
import type { ObjectType } from "../portal/object-types.ts";
import { archiveRecord, createRecord, updateRecord } from "../portal/write-record.ts";
import type { Random } from "../random.ts";
import { ApiError, invalidProperties, validationError } from "./api-error.ts";
import { type Answer, answerBatch, type Call, parseBody, typeParam } from "./call.ts";
import { checkNewRecord, type DraftRecord, Id, NewRecord } from "./new-record.ts";
import { refuseIdProperty } from "./object-basic.ts";
import { showHistory, showRecord, showWritten } from "./show-record.ts";

/** https://developers.hubspot.com/docs/guides/api/crm/using-object-apis */
const BATCH_LIMIT = 100;
/** Of a read that asks for the history of properties. */
const HISTORY_LIMIT = 50;

const Read = z.object({
  inputs: z.array(z.object({ id: Id })),
  properties: z.array(z.string()).nullish(),
  propertiesWithHistory: z.array(z.string()).nullish(),
  idProperty: z.string().nullish(),
});
const Create = z.object({ inputs: z.array(NewRecord) });
const Update = z.object({
  inputs: z.array(
    z.object({ id: Id, idProperty: z.string().nullish(), properties: z.record(z.string(), z.unknown()) }),
  ),
});
const Archive = z.object({ inputs: z.array(z.object({ id: Id })) });

/**
 * Missing ids are one row of errors and make it a 207; the others are answered. Ids that were merged away are answered
 * with the record that they went into, under its own id and once.
 */
export function readBatch(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const { inputs, properties, propertiesWithHistory, idProperty } = parseBody(Read, call.body);
  refuseIdProperty(idProperty);
  const withHistory = propertiesWithHistory ?? [];
  const ids = checkBatch(
    inputs.map((input) => input.id),
    withHistory.length > 0 ? HISTORY_LIMIT : BATCH_LIMIT,
  );
  const wantsArchived = call.query.get("archived") === "true";
  const findWanted = (id: string) => {
    const record = call.portal.records.find(type, id);
    return record && (record.archivedAt !== null) === wantsArchived ? record : undefined;
  };
  const found = new Set(ids.flatMap((id) => findWanted(id) ?? []));
  const results = Array.from(found, (record) => ({
    ...showRecord(call, record, properties ?? []),
    ...showHistory(call, record, withHistory),
  }));
  const missing = ids.filter((id) => !findWanted(id));
  return answerBatch(call, 200, results, missingErrors(type, missing));
}

/**
 * One bad property fails the whole batch. A row that fails for another reason is an error of its own when it carries an
 * `objectWriteTraceId`, and fails the batch when it does not. Results come in no particular order.
 */
export function createBatch(call: Call, random: Random): Answer {
  const type = typeParam(call.params, "type");
  const { inputs } = parseBody(Create, call.body);
  checkSize(inputs.length);
  checkUnique(inputs.flatMap((input) => input.objectWriteTraceId ?? []));
  const drafts = inputs.map((input) => ({
    ...checkNewRecord(call.portal, type, input),
    traceId: input.objectWriteTraceId ?? null,
  }));
  const invalid = drafts.flatMap((draft) => draft.invalid);
  if (invalid.length > 0) throw invalidProperties(invalid);
  const untraceable = drafts.find((draft) => draft.refusal && draft.traceId === null);
  if (untraceable?.refusal) throw untraceable.refusal.status === 409 ? conflict() : untraceable.refusal;
  const results = drafts
    .filter((draft) => !draft.refusal)
    .map((draft) => {
      const record = createRecord(call.portal, type, draft.values, call.author, draft.links);
      const shown = showWritten(call, record, Object.keys(record.properties));
      return draft.traceId === null ? shown : { ...shown, objectWriteTraceId: draft.traceId };
    });
  return answerBatch(call, 201, random.shuffle(results), drafts.flatMap(refusedRow));
}

export function updateBatch(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const { inputs } = parseBody(Update, call.body);
  for (const input of inputs) refuseIdProperty(input.idProperty);
  const ids = checkBatch(inputs.map((input) => input.id));
  const checked = inputs.map((input) => ({ id: input.id, ...checkProperties(call.portal, type, input.properties) }));
  const invalid = checked.flatMap((row) => row.invalid);
  if (invalid.length > 0) throw invalidProperties(invalid);
  const results = checked.flatMap(({ id, values }) => {
    const record = call.portal.records.findLive(type, id);
    if (!record) return [];
    updateRecord(call.portal, record, values, call.author);
    return [showWritten(call, record, Object.keys(values))];
  });
  const missing = ids.filter((id) => !call.portal.records.findLive(type, id));
  return answerBatch(call, 200, results, missingErrors(type, missing));
}

export function archiveBatch(call: Call): Answer {
  const type = typeParam(call.params, "type");
  const { inputs } = parseBody(Archive, call.body);
  checkSize(inputs.length);
  for (const { id } of inputs) {
    const record = call.portal.records.findLive(type, id);
    if (record) archiveRecord(call.portal, record, call.author);
  }
  return { status: 204 };
}

function checkBatch(ids: string[], limit = BATCH_LIMIT): string[] {
  checkSize(ids.length, limit);
  checkUnique(ids);
  return ids;
}

function checkSize(size: number, limit = BATCH_LIMIT): void {
  if (size > limit) throw validationError(`The maximum number of inputs in a batch is ${limit}, there were ${size}.`);
}

function checkUnique(ids: readonly string[]): void {
  const repeated = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  if (repeated.length > 0)
    throw new ApiError(400, `Duplicate IDs found in batch input: [${repeated.join(", ")}]. IDs must be unique`, {
      context: { ids: repeated },
      category: "VALIDATION_ERROR",
    });
}

function missingErrors(type: ObjectType, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const message = `Could not get some ${type.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`;
  return [{ status: "error", category: "OBJECT_NOT_FOUND", message, context: { ids } }];
}

/** A batch that fails for a conflict names no existing record, as a single creation and a row of errors do. */
function conflict(): ApiError {
  return new ApiError(409, "Contact already exists", { category: "CONFLICT" });
}

function refusedRow(draft: DraftRecord & { traceId: string | null }) {
  if (!draft.refusal) return [];
  const { context, ...body } = draft.refusal.body;
  const more = typeof context === "object" && context !== null ? context : {};
  return [{ ...body, context: { objectWriteTraceId: [draft.traceId], ...more } }];
}
