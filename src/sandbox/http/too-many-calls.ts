import { ApiError } from "../api/api-error.ts";

/** HubSpot's name for the limit that a refused call would have broken. */
export type Policy = "DAILY" | "TEN_SECONDLY_ROLLING" | "SECONDLY";

/** HubSpot's 429, in one of the two shapes that were seen: the later has a category, the earlier a request id. */
export function tooManyCalls(policyName: Policy, shape: { requestId?: string } = {}): ApiError {
  const { requestId } = shape;
  return new ApiError(429, `You have reached your ${policyName.toLowerCase()} limit.`, {
    errorType: "RATE_LIMIT",
    policyName,
    ...(requestId === undefined ? { category: "RATE_LIMITS" } : { requestId }),
  });
}
