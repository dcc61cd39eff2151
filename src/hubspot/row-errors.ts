import { z } from "zod";
import { HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";

const RowError = z.object({
  category: z.string().catch("unknown"),
  message: z.string().catch("no reason given"),
  /** Which rows it is about: `ids` of an update, `objectWriteTraceId` of a create. */
  context: z.record(z.string(), z.array(z.string())).catch({}),
});
type RowError = z.infer<typeof RowError>;

/** The `errors` of a 207, which the SDK gives like any other success; none in a 200. */
export const RowErrors = z.array(RowError).default([]);

/**
 * Lets pass that HubSpot did not find a row (or links of it). A row that failed for another reason is not missing:
 * whoever believed that would delete the local copy.
 */
export function throwUnlessNotFound(call: string, errors: RowError[]): void {
  const failure = errors.find((error) => error.category !== "OBJECT_NOT_FOUND");
  if (failure === undefined) return;
  const message = `${call} failed for a part of its rows, ${failure.category}: ${failure.message}`;
  throw new HubSpotUnavailable(message, { call, correlationId: null, status: 207, retryAfterMs: 0 });
}
