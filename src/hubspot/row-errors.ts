import { z } from "zod";
import { HubSpotRefused, HubSpotUnavailable } from "../pipeline/hubspot-errors.ts";

const RowError = z.object({
  category: z.string().catch("unknown"),
  message: z.string().catch("no reason given"),
  /** Which rows it is about: `ids` of an update, `objectWriteTraceId` of a create. */
  context: z.record(z.string(), z.array(z.string())).catch({}),
});
export type RowError = z.infer<typeof RowError>;

/** The `errors` of a 207, which the SDK gives like any other success; none in a 200. */
export const RowErrors = z.array(RowError).default([]);

/** HubSpot's own trouble, which passes; whatever else is said of a row will be said again. */
const SERVER_TROUBLE = new Set(["INTERNAL_ERROR", "RATE_LIMIT", "RATE_LIMITS", "SERVICE_UNAVAILABLE", "TIMEOUT"]);
/** Of these, the ones that are said before anything is done. */
const LIMITS = new Set(["RATE_LIMIT", "RATE_LIMITS"]);

export function isTrouble({ category }: RowError): boolean {
  return SERVER_TROUBLE.has(category);
}

/** Whether the row was not done, for certain, because of a limit; other trouble may come after the deed. */
export function isLimited({ category }: RowError): boolean {
  return LIMITS.has(category);
}

/** For rows that HubSpot could not do now. */
export function rowsUnavailable(call: string, { category, message }: RowError): HubSpotUnavailable {
  const text = `${call} failed for a part of its rows, ${category}: ${message}`;
  return new HubSpotUnavailable(text, { call, correlationId: null, status: 207, retryAfterMs: 0 });
}

/**
 * Lets pass that HubSpot did not find a row (or links of it). A row that failed for another reason is not missing:
 * whoever believed that would delete the local copy. Throws `HubSpotUnavailable` for trouble of HubSpot's, and
 * otherwise `HubSpotRefused`, so that the caller can ask without the bad row.
 */
export function throwUnlessNotFound(call: string, errors: RowError[]): void {
  const failures = errors.filter(({ category }) => category !== "OBJECT_NOT_FOUND");
  const trouble = failures.find(isTrouble);
  if (trouble !== undefined) throw rowsUnavailable(call, trouble);
  const [failure] = failures;
  if (failure === undefined) return;
  const { category } = failure;
  const message = `${call} failed for a part of its rows, ${category}: ${failure.message}`;
  throw new HubSpotRefused(message, { call, correlationId: null, status: 207, category });
}
