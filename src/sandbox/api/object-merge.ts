import { z } from "zod";

import { countMerges, mergeRecords } from "../portal/merge-records.ts";
import { objectTypes } from "../portal/object-types.ts";
import { NotFoundPage, validationError } from "./api-error.ts";
import { type Answer, type Call, parseBody, typeParam } from "./call.ts";
import { Id } from "./new-record.ts";
import { showWritten } from "./show-record.ts";

const Merge = z.object({ primaryObjectId: Id, objectIdToMerge: Id });

const { company, contact, deal, ticket } = objectTypes;
const MERGEABLE: readonly string[] = [company.id, contact.id, deal.id, ticket.id];
/** https://knowledge.hubspot.com/records/merge-records */
const MERGE_LIMIT = 250;

/** POST /crm/v3/objects/{type}/merge: answers the new record. */
export function postMerge(call: Call): Answer {
  const type = typeParam(call.params, "type");
  if (!MERGEABLE.includes(type.id)) throw validationError(`${type.plural} cannot be merged`);
  const { primaryObjectId, objectIdToMerge } = parseBody(Merge, call.body);
  const primary = call.portal.records.findLive(type, primaryObjectId);
  const other = call.portal.records.findLive(type, objectIdToMerge);
  if (!primary || !other) throw new NotFoundPage();
  if (primary === other) throw validationError(`Cannot merge ${type.singular} ${primary.id} with itself`);
  if (countMerges(primary) + countMerges(other) + 1 > MERGE_LIMIT)
    throw validationError(`A ${type.singular} can come of at most ${MERGE_LIMIT} merges`);
  const record = mergeRecords(call.portal, primary, other, call.author);
  return { status: 200, body: showWritten(call, record, Object.keys(record.properties)) };
}
