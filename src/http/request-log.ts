import { randomUUID } from "node:crypto";
import type { ErrorRequestHandler, RequestHandler } from "express";
import type { Log } from "../pipeline/log.ts";

/** What each request carries from the first handler to the last. */
export type RequestContext = { requestId: string; log: Log };
export type Handler = RequestHandler<Record<string, string>, unknown, unknown, unknown, RequestContext>;
export type ErrorHandler = ErrorRequestHandler<Record<string, string>, unknown, unknown, unknown, RequestContext>;

// A caller's own id goes into our log as it is: nothing that could forge a line, nothing endless.
const SAFE_ID = /^[\w.:-]{1,128}$/;

/**
 * Gives each request one id (the caller's `x-request-id`, or a new one), answers with it, and a log whose lines carry
 * it, with HubSpot's correlation id where HubSpot sent one.
 */
export function createRequestLog(log: Log): Handler {
  return (request, response, next) => {
    const requestId = safeId(request.get("x-request-id")) ?? randomUUID();
    const correlationId = safeId(request.get("x-hubspot-correlation-id"));
    response.locals.requestId = requestId;
    response.locals.log = log.child(correlationId === null ? { requestId } : { requestId, correlationId });
    response.set("x-request-id", requestId);
    next();
  };
}

function safeId(given: string | undefined): string | null {
  return given !== undefined && SAFE_ID.test(given) ? given : null;
}
