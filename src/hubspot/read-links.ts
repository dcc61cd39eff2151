import {
  BatchInputPublicFetchAssociationsBatchRequest as Batch,
  PublicFetchAssociationsBatchRequest as Input,
} from "@hubspot/api-client/lib/codegen/crm/associations/v4/index.js";
import { z } from "zod";
import type { Linked, RecordType } from "../pipeline/hubspot-port.ts";
import { associationsPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { mapChunks } from "./map-chunks.ts";
import { pathOf } from "./object-types.ts";
import { RecordId } from "./record-id.ts";
import { RowErrors, throwUnlessNotFound } from "./row-errors.ts";
import { toModel } from "./to-model.ts";

const BATCH_SIZE = 1_000;
/** Contacts, deals and tickets, from and to their company; the other types have no primary company. */
const PRIMARY_TYPE_IDS = new Set([1, 2, 5, 6, 25, 26]);

const LinkedRow = z
  .object({
    toObjectId: RecordId,
    associationTypes: z.array(z.object({ category: z.string(), typeId: z.number() })),
  })
  .transform(({ toObjectId, associationTypes }): Linked => ({
    toId: toObjectId,
    primary: associationTypes.some(
      ({ category, typeId }) => category === "HUBSPOT_DEFINED" && PRIMARY_TYPE_IDS.has(typeId),
    ),
  }));
const Answer = z.object({
  results: z.array(
    z.object({
      _from: z.object({ id: RecordId }),
      to: z.array(LinkedRow),
      paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
    }),
  ),
  errors: RowErrors,
});

/**
 * The links of records of one type to those of another, 1,000 records a call. HubSpot pages the links of each record
 * apart; all pages are read. A record without links (HubSpot calls that an error of the row) is absent.
 */
export async function readLinks(
  client: Client,
  from: RecordType,
  to: RecordType,
  ids: readonly string[],
): Promise<Map<string, Linked[]>> {
  const call = `POST ${associationsPath(pathOf(from), pathOf(to), "batch/read")}`;
  const links = new Map<string, Map<string, Linked>>();

  async function readPage(inputs: Input[]): Promise<Input[]> {
    const batch = toModel(Batch, { inputs });
    const read = () => client.links.getPage(pathOf(from), pathOf(to), batch);
    const answer = await client.repeat(call, Answer, read, ({ errors }) => throwUnlessNotFound(call, errors));
    for (const { _from, to: linked } of answer.results) {
      const known = links.get(_from.id) ?? new Map<string, Linked>();
      links.set(_from.id, known);
      for (const link of linked) {
        known.set(link.toId, { ...link, primary: link.primary || known.get(link.toId)?.primary === true });
      }
    }
    return answer.results.flatMap(({ _from, paging }) =>
      paging?.next === undefined ? [] : [toModel(Input, { id: _from.id, after: paging.next.after })],
    );
  }

  await mapChunks([...new Set(ids)], BATCH_SIZE, async (chunk) => {
    let inputs = chunk.map((id) => toModel(Input, { id }));
    while (inputs.length > 0) inputs = await readPage(inputs);
  });
  return new Map([...links].filter(([, known]) => known.size > 0).map(([id, known]) => [id, [...known.values()]]));
}
