import {
  BatchInputSimplePublicObjectBatchInput as Batch,
  SimplePublicObjectBatchInput as Input,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { z } from "zod";
import type { RecordType, RecordUpdate, Refusal, UpdateOutcome } from "../pipeline/hubspot-port.ts";
import type { Client } from "./create-client.ts";
import { mapChunks } from "./map-chunks.ts";
import { pathOf } from "./object-types.ts";
import { RowErrors } from "./row-errors.ts";
import { sendHalving } from "./send-halving.ts";
import { toModel } from "./to-model.ts";

const BATCH_SIZE = 100;
const Answer = z.object({
  headers: z.record(z.string(), z.string()),
  data: z.object({ results: z.array(z.object({ id: z.string() })), errors: RowErrors }),
});
type Answer = z.infer<typeof Answer>;

/**
 * Writes properties of records, 100 a call. Updates of one record are made into one, the later value winning: HubSpot
 * refuses a batch that names a record twice.
 */
export async function updateRecords(
  client: Client,
  type: RecordType,
  updates: readonly RecordUpdate[],
): Promise<UpdateOutcome> {
  const path = pathOf(type);
  const call = `POST /crm/v3/objects/${path}/batch/update`;

  const outcomes = await mapChunks(mergeById(updates), BATCH_SIZE, async (chunk) => {
    const { answers, refused } = await sendHalving(chunk, async (rows) => {
      const batch = toModel(Batch, { inputs: rows.map((row) => toModel(Input, row)) });
      const answer = await client.repeat(call, Answer, () => client.batches.updateWithHttpInfo(path, batch));
      return takeApart(rows, answer);
    });
    const standingAlone = refused.map(({ row, error }) => toRefusal(row.id, error.message, error.correlationId));
    return {
      updated: answers.flatMap(({ updated }) => updated),
      refused: [...answers.flatMap((answer) => answer.refused), ...standingAlone],
    };
  });
  return {
    updated: outcomes.flatMap(({ updated }) => updated),
    refused: outcomes.flatMap(({ refused }) => refused),
  };
}

function mergeById(updates: readonly RecordUpdate[]): RecordUpdate[] {
  const byId = new Map<string, RecordUpdate>();
  for (const { id, properties } of updates) {
    byId.set(id, { id, properties: { ...byId.get(id)?.properties, ...properties } });
  }
  return [...byId.values()];
}

/**
 * The errors of a 207 name their rows. An error that names none is taken to be about the rows that were not answered.
 * Otherwise the answered ids say nothing: a record that was merged away is answered under another id.
 */
function takeApart(rows: RecordUpdate[], { headers, data }: Answer): UpdateOutcome {
  const correlationId = headers["x-hubspot-correlation-id"] ?? null;
  const answered = new Set(data.results.map(({ id }) => id));
  const errorOf = (id: string) =>
    data.errors.find(({ context }) => context["ids"]?.includes(id)) ??
    (answered.has(id) ? undefined : data.errors.find(({ context }) => context["ids"] === undefined));

  const outcome: UpdateOutcome = { updated: [], refused: [] };
  for (const { id } of rows) {
    const error = errorOf(id);
    if (error === undefined) outcome.updated.push(id);
    else outcome.refused.push(toRefusal(id, `${error.category}: ${error.message}`, correlationId));
  }
  return outcome;
}

function toRefusal(id: string, message: string, correlationId: string | null): Refusal {
  return { id, message, correlationId };
}
