import { z } from "zod";
import {
  HubSpotForbidden,
  HubSpotRefused,
  HubSpotUnauthorized,
  HubSpotUnavailable,
  type HubSpotError,
} from "../pipeline/hubspot-errors.ts";
import { isPathOfOne } from "./api-paths.ts";
import type { Answer } from "./create-transport.ts";

const Context = z.record(z.string(), z.unknown()).catch({});
const ErrorBody = z.object({
  message: z.string().optional().catch(undefined),
  category: z.string().optional().catch(undefined),
  errorType: z.string().optional().catch(undefined),
  policyName: z.string().optional().catch(undefined),
  correlationId: z.string().optional().catch(undefined),
  context: Context,
  errors: z.array(z.object({ context: Context }).catch({ context: {} })).catch([]),
});
type ErrorBody = z.infer<typeof ErrorBody>;
const NO_BODY = ErrorBody.parse({});

const LONGEST_MESSAGE = 500;
const SECOND_MS = 1_000;
const POLICY_WAIT_MS: Record<string, number> = {
  SECONDLY: SECOND_MS,
  TEN_SECONDLY_ROLLING: 10 * SECOND_MS,
  // Spent until midnight in the portal's time zone, but another app of the portal may have a say in it earlier.
  DAILY: 15 * 60 * SECOND_MS,
};
/** 423 record locked, 477 portal moves house (up to a day): https://developers.hubspot.com/docs/api/error-handling */
const STATUS_WAIT_MS: Record<number, number> = { 423: 2 * SECOND_MS, 429: 10 * SECOND_MS, 477: 60 * SECOND_MS };

/**
 * The class of error for an answer outside 2xx. HubSpot's bodies come in several shapes (and as HTML for a record that
 * is not there), so nothing in them is relied upon; only HubSpot's message, category and correlation id are told on.
 */
export function toHubSpotError(call: string, answer: Answer): HubSpotError {
  const { status } = answer;
  const parsed = parseErrorBody(answer.text);
  const body = parsed ?? NO_BODY;
  const category = body.category ?? body.errorType ?? null;
  const correlationId = body.correlationId ?? answer.headers["x-hubspot-correlation-id"] ?? null;
  const message = describe(call, status, category, body.message, correlationId);
  const details = { call, correlationId };

  if (status === 401) return new HubSpotUnauthorized(message, details);
  if (status === 403 && isScopeTrouble(body)) {
    return new HubSpotForbidden(message, { ...details, requiredScopes: requiredScopes(body) });
  }
  if (isPassing(status) || isOfSomethingBetween(call, status, parsed)) {
    return new HubSpotUnavailable(message, { ...details, status, retryAfterMs: waitMs(answer, body) });
  }
  return new HubSpotRefused(message, { ...details, status, category });
}

/** Which of HubSpot's limits a 429 is about, as `DAILY`. */
export function readPolicy(text: string): string | null {
  return parseErrorBody(text)?.policyName ?? null;
}

/** One of HubSpot's shapes names neither category nor scopes; but what stands in between sets no correlation id. */
function isScopeTrouble(body: ErrorBody): boolean {
  if (body.category === "MISSING_SCOPES" || requiredScopes(body).length > 0) return true;
  return body.category === undefined && body.correlationId !== undefined;
}

const isPassing = (status: number) => status >= 500 || [408, 423, 425, 429, 477].includes(status);

/**
 * A firewall, a proxy or a CDN: HubSpot redirects no call, gives its reasons in JSON, and forbids for scopes alone. But
 * it has pages of its own for what is too large, and for one thing that is missing.
 */
function isOfSomethingBetween(call: string, status: number, body: ErrorBody | null): boolean {
  if (status < 400 || status === 403) return true;
  return body === null && ![413, 414].includes(status) && !(status === 404 && isPathOfOne(call));
}

/** Null where it is no JSON. */
function parseErrorBody(text: string): ErrorBody | null {
  try {
    return ErrorBody.catch(NO_BODY).parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function describe(
  call: string,
  status: number,
  category: string | null,
  message: string | undefined,
  correlationId: string | null,
): string {
  const reason = message === undefined ? "no reason given" : message.slice(0, LONGEST_MESSAGE);
  const parts = [category, reason].filter((part) => part !== null).join(": ");
  return `${call} was answered ${status}, ${parts} (correlation id ${correlationId ?? "none"})`;
}

function requiredScopes(body: ErrorBody): string[] {
  const contexts = [body.context, ...body.errors.map((error) => error.context)];
  const named = contexts.flatMap((context) => [context["requiredScopes"], context["requiredGranularScopes"]]);
  return [...new Set(named.flatMap((scopes) => z.array(z.string()).catch([]).parse(scopes)))];
}

function waitMs(answer: Answer, body: ErrorBody): number {
  const retryAfter = answer.headers["retry-after"];
  if (retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter)) return Number(retryAfter) * SECOND_MS;
  const byPolicy = answer.status === 429 ? POLICY_WAIT_MS[body.policyName ?? ""] : undefined;
  return byPolicy ?? STATUS_WAIT_MS[answer.status] ?? 0;
}
