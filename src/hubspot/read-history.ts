import {
  BatchReadInputSimplePublicObjectId,
  SimplePublicObjectId,
} from "@hubspot/api-client/lib/codegen/crm/objects/index.js";
import { z } from "zod";
import type { History, RecordType } from "../pipeline/hubspot-port.ts";
import { objectsPath } from "./api-paths.ts";
import type { Client } from "./create-client.ts";
import { mapChunks } from "./map-chunks.ts";
import { pathOf } from "./object-types.ts";
import { RowErrors, throwUnlessNotFound } from "./row-errors.ts";
import { toModel } from "./to-model.ts";

/** https://developers.hubspot.com/docs/api-reference/crm-companies-v3/guide: half of what fits in a read without history. */
const BATCH_SIZE = 50;

/** A value that was cleared is empty text in a history, where a plain read says null. */
const Version = z
  .object({ value: z.string().nullable(), timestamp: z.date() })
  .transform(({ value, timestamp }) => ({ at: timestamp, value: value === "" ? null : value }));
const Answer = z.object({
  results: z.array(
    z.object({ id: z.string(), propertiesWithHistory: z.record(z.string(), z.array(Version)).default({}) }),
  ),
  errors: RowErrors,
});

/** What properties of records were, 50 records a call; HubSpot gives the newest first. */
export async function readHistory(
  client: Client,
  type: RecordType,
  ids: readonly string[],
  properties: readonly string[],
): Promise<Map<string, History>> {
  if (properties.length === 0) return new Map();
  const call = `POST ${objectsPath(pathOf(type), "batch/read")}`;

  const answers = await mapChunks([...new Set(ids)], BATCH_SIZE, async (chunk) => {
    const input = toModel(BatchReadInputSimplePublicObjectId, {
      inputs: chunk.map((id) => toModel(SimplePublicObjectId, { id })),
      properties: [],
      propertiesWithHistory: [...properties],
    });
    const read = () => client.batches.read(pathOf(type), input);
    const { results } = await client.repeat(call, Answer, read, ({ errors }) => throwUnlessNotFound(call, errors));
    return results;
  });

  return new Map(
    answers.flat().map(({ id, propertiesWithHistory }) => {
      const pasts = properties.map((name) => [name, oldestFirst(propertiesWithHistory[name] ?? [])]);
      return [id, Object.fromEntries(pasts) as History];
    }),
  );
}

/** Sorted, because nothing promises HubSpot's order; of two of one instant, the one that HubSpot names first stands. */
function oldestFirst(past: readonly z.infer<typeof Version>[]): History[string] {
  return past.toReversed().toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
