import { z } from "zod";
import { HubSpotRefused, HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";

const RowError = z.object({
  category: z.string().catch("unknown"),
  message: z.string().catch("no reason given"),
  /** Which rows it is about: `ids` of an update, `objectWriteTraceId` of a create. */
  context: z.record(z.string(), z.array(z.string())).catch({}),
});
type RowError = z.infer<typeof RowError>;

/** The `errors` of a 207, which the SDK gives like any other success; none in a 200. */
export const RowErrors = z.array(RowError).default([]);

/** HubSpot's own trouble, which passes; whatever else is said of a row will be said again. */
const SERVER_TROUBLE = new Set(["INTERNAL_ERROR", "RATE_LIMIT", "RATE_LIMITS", "SERVICE_UNAVAILABLE", "TIMEOUT"]);

/**
 * Lets pass that HubSpot did not find a row (or links of it). A row that failed for another reason is not missing:
 * whoever believed that would delete the local copy. Throws `HubSpotUnavailable` for trouble of HubSpot's, and
 * otherwise `HubSpotRefused`, so that the caller can ask without the bad row.
 */
export function throwUnlessNotFound(call: string, errors: RowError[]): void {
  const failures = errors.filter(({ category }) => category !== "OBJECT_NOT_FOUND");
  const trouble = failures.find(({ category }) => SERVER_TROUBLE.has(category));
  const failure = trouble ?? failures[0];
  if (failure === undefined) return;
  const { category } = failure;
  const message = `${call} failed for a part of its rows, ${category}: ${failure.message}`;
  const details = { call, correlationId: null, status: 207 };
  if (trouble !== undefined) throw new HubSpotUnavailable(message, { ...details, retryAfterMs: 0 });
  throw new HubSpotRefused(message, { ...details, category });
}
