import { z } from "zod";
import type { CheckedRequest } from "./exchange-check.ts";

const Batch = z.object({
  inputs: z.array(z.object({ id: z.string().optional(), objectWriteTraceId: z.string().optional() })),
  propertiesWithHistory: z.array(z.string()).default([]),
});

const MOST_OF_OBJECTS = 100;
const MOST_WITH_HISTORY = 50;
/** https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide */
const MOST_OF_LINKS: Record<string, number> = { read: 1_000, create: 2_000, default: 2_000, archive: 100 };
/** https://developers.hubspot.com/docs/api-reference/crm-objects-v3/guide */
const LONGEST_PAGE = 100;
const LONGEST_PAGE_OF_OTHERS = 500;
const LONGEST_PAGE_WITH_HISTORY = 50;

/** Batches and pages that are larger than HubSpot takes, and records that one batch names twice. */
export function findBatchFaults(request: CheckedRequest): string[] {
  const batch = Batch.safeParse(request.body);
  return [...findPageFaults(request), ...(batch.success ? findInputFaults(request, batch.data) : [])];
}

function findPageFaults({ operation, query }: CheckedRequest): string[] {
  const limit = Number(query.get("limit") ?? 1);
  const most = mostOfPage(operation, query);
  return limit >= 1 && limit <= most ? [] : [`query limit: ${limit}, where 1 to ${most} are given`];
}

function mostOfPage({ part }: CheckedRequest["operation"], query: URLSearchParams): number {
  if (part !== "objects") return LONGEST_PAGE_OF_OTHERS;
  return query.has("propertiesWithHistory") ? LONGEST_PAGE_WITH_HISTORY : LONGEST_PAGE;
}

function findInputFaults({ operation }: CheckedRequest, { inputs, propertiesWithHistory }: z.output<typeof Batch>) {
  const faults: string[] = [];
  const what = operation.path.split("/").at(-1) ?? "";
  const mostOfObjects = propertiesWithHistory.length > 0 ? MOST_WITH_HISTORY : MOST_OF_OBJECTS;
  const most = operation.part === "associations/v4" ? (MOST_OF_LINKS[what] ?? MOST_OF_OBJECTS) : mostOfObjects;
  if (inputs.length === 0) faults.push("body.inputs: is empty");
  if (inputs.length > most) faults.push(`body.inputs: ${inputs.length} of them, where ${most} are taken`);
  for (const key of ["id", "objectWriteTraceId"] as const) {
    const values = inputs.flatMap((input) => input[key] ?? []);
    const doubled = values.find((value, index) => values.indexOf(value) !== index);
    if (doubled !== undefined) faults.push(`body.inputs: the ${key} ${doubled} is there twice`);
  }
  return faults;
}
