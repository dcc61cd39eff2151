import {
  BatchReadInputSimplePublicObjectId,
  SimplePublicObjectId,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { z } from "zod";
import type { ReadRecords, RecordType } from "../pipeline/hubspot-port.ts";
import { objectsPath } from "./api-paths.ts";
import { askedProperties } from "./asked-properties.ts";
import type { Client } from "./create-client.ts";
import { mapChunks } from "./map-chunks.ts";
import { pathOf } from "./object-types.ts";
import { RecordRow } from "./record-row.ts";
import { RowErrors, throwUnlessNotFound } from "./row-errors.ts";
import { toModel } from "./to-model.ts";

const BATCH_SIZE = 100;
const Answer = z.object({ results: z.array(RecordRow), errors: RowErrors });

/**
 * Records by id, 100 a call. An id that was merged away is among the missing, and the record that it went into is
 * among the found, under its own id.
 */
export async function readRecords(
  client: Client,
  type: RecordType,
  ids: readonly string[],
  properties: readonly string[],
): Promise<ReadRecords> {
  const call = `POST ${objectsPath(pathOf(type), "batch/read")}`;
  const wanted = [...new Set(ids)];

  const answers = await mapChunks(wanted, BATCH_SIZE, async (chunk) => {
    const input = toModel(BatchReadInputSimplePublicObjectId, {
      inputs: chunk.map((id) => toModel(SimplePublicObjectId, { id })),
      properties: askedProperties(type, properties),
      propertiesWithHistory: [],
    });
    const read = () => client.batches.read(pathOf(type), input);
    const { results } = await client.repeat(call, Answer, read, ({ errors }) => throwUnlessNotFound(call, errors));
    return results;
  });

  const found = new Map(answers.flat().map((record) => [record.id, record]));
  return { found: [...found.values()], missing: wanted.filter((id) => !found.has(id)) };
}
