import {
  BatchInputSimplePublicObjectBatchInput as Batch,
  SimplePublicObjectBatchInput as Input,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { z } from "zod";
import { HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";
import type { RecordType, RecordUpdate, Refusal, UpdateOutcome } from "../pipeline/hubspot-port.ts";
import { objectsPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { mapChunks } from "./map-chunks.ts";
import { pathOf } from "./object-types.ts";
import { isTrouble, RowErrors, rowsUnavailable, type RowError } from "./row-errors.ts";
import { sendHalving } from "./send-halving.ts";
import { toModel } from "./to-model.ts";

const BATCH_SIZE = 100;
const Answer = z.object({
  headers: z.record(z.string(), z.string()),
  data: z.object({ results: z.array(z.object({ id: z.string() })), errors: RowErrors }),
});
type Answer = z.infer<typeof Answer>;
type Troubled = { row: RecordUpdate; error: RowError };

/**
 * Writes properties of records, 100 a call. Updates of one record are made into one, the later value winning: HubSpot
 * refuses a batch that names a record twice. Rows that HubSpot could not write now are sent again, and they alone; those
 * that fail at every try are left for `later`.
 */
export async function updateRecords(
  client: Client,
  type: RecordType,
  updates: readonly RecordUpdate[],
): Promise<UpdateOutcome> {
  const path = pathOf(type);
  const call = `POST ${objectsPath(path, "batch/update")}`;

  async function sendRows(rows: RecordUpdate[]): Promise<UpdateOutcome> {
    const outcome: UpdateOutcome = { updated: [], refused: [], later: [] };
    let left = rows;
    const send = () => {
      const batch = toModel(Batch, { inputs: left.map((row) => toModel(Input, row)) });
      return client.batches.updateWithHttpInfo(path, batch);
    };
    try {
      await client.repeat(call, Answer, send, (answer) => {
        const { updated, refused, troubled } = takeApart(left, answer);
        outcome.updated.push(...updated);
        outcome.refused.push(...refused);
        left = troubled.map(({ row }) => row);
        const [trouble] = troubled;
        if (trouble !== undefined) throw rowsUnavailable(call, trouble.error);
      });
    } catch (error) {
      if (!(error instanceof HubSpotUnavailable) || error.status !== 207) throw error;
      outcome.later.push(...left.map(({ id }) => id));
    }
    return outcome;
  }

  const outcomes = await mapChunks(mergeById(updates), BATCH_SIZE, async (chunk) => {
    const { answers, refused } = await sendHalving(chunk, sendRows);
    const standingAlone = refused.map(({ row, error }) => toRefusal(row.id, error.message, error.correlationId));
    return {
      updated: answers.flatMap(({ updated }) => updated),
      refused: [...answers.flatMap((answer) => answer.refused), ...standingAlone],
      later: answers.flatMap(({ later }) => later),
    };
  });
  return {
    updated: outcomes.flatMap(({ updated }) => updated),
    refused: outcomes.flatMap(({ refused }) => refused),
    later: outcomes.flatMap(({ later }) => later),
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
function takeApart(rows: RecordUpdate[], { headers, data }: Answer) {
  const correlationId = headers["x-hubspot-correlation-id"] ?? null;
  const answered = new Set(data.results.map(({ id }) => id));
  const errorOf = (id: string) =>
    data.errors.find(({ context }) => context["ids"]?.includes(id)) ??
    (answered.has(id) ? undefined : data.errors.find(({ context }) => context["ids"] === undefined));

  const outcome = { updated: [] as string[], refused: [] as Refusal[], troubled: [] as Troubled[] };
  for (const row of rows) {
    const { id } = row;
    const error = errorOf(id);
    if (error === undefined) outcome.updated.push(id);
    else if (isTrouble(error)) outcome.troubled.push({ row, error });
    else outcome.refused.push(toRefusal(id, `${error.category}: ${error.message}`, correlationId));
  }
  return outcome;
}

function toRefusal(id: string, message: string, correlationId: string | null): Refusal {
  return { id, message, correlationId };
}
