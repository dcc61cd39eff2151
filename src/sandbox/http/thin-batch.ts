import { z } from "zod";

import type { Random } from "../random.ts";
import type { Reply } from "./reply.ts";

/** A batch without some of its rows, and what is said of those; `done` are named too, though they are in the batch. */
export type ThinnedBatch = { body: unknown; errors: readonly unknown[]; done: ReadonlySet<unknown> };

const Batch = z.looseObject({ inputs: z.array(z.record(z.string(), z.unknown())) });
type Row = z.infer<typeof Batch>["inputs"][number];

/** At most this share of a batch fails, and at least one row. */
const FAILING_SHARE = 0.25;

/** How a row error names its rows, by the kind of batch: those of a create need the caller's trace id. */
const idOf = (row: Row): unknown => row["id"];
const contexts = new Map<string, { name: string; find: (row: Row) => unknown }>([
  ["/crm/v3/objects/:type/batch/read", { name: "ids", find: idOf }],
  ["/crm/v3/objects/:type/batch/update", { name: "ids", find: idOf }],
  ["/crm/v3/objects/:type/batch/create", { name: "objectWriteTraceId", find: (row) => row["objectWriteTraceId"] }],
  ["/crm/v4/associations/:from/:to/batch/read", { name: "fromObjectId", find: idOf }],
]);

/** How often a row of a create is made and said to have failed all the same. */
const DONE_CHANCE = 0.5;

/** Takes some rows out by chance; undefined for a call that is no batch, or has no row that could be named. */
export function thinBatch(routePath: string, body: unknown, random: Random): ThinnedBatch | undefined {
  const context = contexts.get(routePath);
  const { data: batch } = Batch.safeParse(body);
  if (!context || !batch) return undefined;
  const nameable = batch.inputs.filter((row) => ["string", "number"].includes(typeof context.find(row)));
  if (nameable.length === 0) return undefined;
  const most = Math.max(1, Math.floor(nameable.length * FAILING_SHARE));
  const failed = new Set(random.shuffle(nameable).slice(0, random.whole(1, most)));
  const isCreate = context.name === "objectWriteTraceId";
  const done = new Set([...failed].filter(() => isCreate && random.chance(DONE_CHANCE)));
  return {
    body: { ...batch, inputs: batch.inputs.filter((row) => !failed.has(row) || done.has(row)) },
    done: new Set([...done].map((row) => context.find(row))),
    errors: [...failed].map((row) => ({
      status: "error",
      category: "INTERNAL_ERROR",
      message: "internal error",
      context: { [context.name]: [String(context.find(row))] },
    })),
  };
}

const BatchAnswer = z.looseObject({
  results: z.array(z.looseObject({})).default([]),
  errors: z.array(z.unknown()).default([]),
  numErrors: z.number().default(0),
});

/** The answer to the thinned batch, with its other rows as errors; a refusal of the whole stays as it is. */
export function addRowErrors(reply: Reply, { errors, done }: ThinnedBatch): Reply {
  if (reply.status < 200 || reply.status > 207) return reply;
  const body = BatchAnswer.parse(JSON.parse(reply.body));
  const results = body.results.filter((row) => !done.has(row["objectWriteTraceId"]));
  const all = { ...body, results, errors: [...body.errors, ...errors], numErrors: body.numErrors + errors.length };
  return { ...reply, status: 207, body: JSON.stringify(all) };
}
