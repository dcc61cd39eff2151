import type { ZodType } from "zod";

import { findObjectType, type ObjectType } from "../portal/object-types.ts";
import type { Author, Portal } from "../portal/portal.ts";
import { ApiError, validationError } from "./api-error.ts";

/** One authorised request, as a handler sees it. */
export type Call = {
  portal: Portal;
  portalId: number;
  params: Record<string, string>;
  query: URLSearchParams;
  /** Parsed JSON, or undefined. */
  body: unknown;
  author: Author;
};

/** What is sent back; without a body, nothing but the status. */
export type Answer = { status: number; body?: unknown };

/** A segment of the path; the route's pattern says which there are. */
export function param(params: Record<string, string>, name: string): string {
  const value = params[name];
  if (value === undefined) throw new TypeError(`the route has no parameter ${name}`);
  return value;
}

/** The object type that a segment of the path names; an unknown one is refused as HubSpot does. */
export function typeParam(params: Record<string, string>, name: string): ObjectType {
  const text = param(params, name);
  const type = findObjectType(text);
  if (!type) throw new ApiError(400, `Unable to infer object type from: ${text}`);
  return type;
}

export function parseBody<T>(schema: ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw validationError(`Invalid input JSON at ${first?.path.join(".") ?? ""}: ${first?.message ?? ""}`);
}

/** A whole number of the query between 1 and `most`. */
export function limitParam(query: URLSearchParams, fallback: number, most: number): number {
  const text = query.get("limit");
  if (text === null) return fallback;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > most)
    throw validationError(`limit must be between 1 and ${most}, was ${text}`);
  return limit;
}

/** A list that the query repeats or joins with commas: clients do both. */
export function listParam(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((value) => value.split(",").filter(Boolean));
}

/** The answer of a batch: 207 as soon as one row failed, else `status`. */
export function answerBatch(
  call: Call,
  status: number,
  results: readonly unknown[],
  errors: readonly unknown[] = [],
  numErrors: number = errors.length,
): Answer {
  const at = new Date(call.author.at).toISOString();
  const body = { completedAt: at, status: "COMPLETE", startedAt: at, results };
  return numErrors === 0 ? { status, body } : { status: 207, body: { ...body, errors, numErrors } };
}
