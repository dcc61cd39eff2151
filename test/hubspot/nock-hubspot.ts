import { afterAll, afterEach, beforeAll, expect } from "@jest/globals";
import nock from "nock";
import type { z } from "zod";
import { TOKEN } from "./test-hubspot.ts";

const BASE_URL = "https://api.hubapi.com";

// nock takes the HTTP of the whole process, which outlives this file, as soon as it is imported; and where all tests of
// a file are skipped, nothing would give it back.
nock.restore();

/**
 * HubSpot as nock plays it: no network, every answer that was prepared must have been asked for. Once per file; a file
 * that needs real HTTP has its own.
 */
export function useNock(): void {
  beforeAll(() => {
    nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.cleanAll();
    expect(unused).toEqual([]);
  });
  afterAll(() => nock.restore());
}

/** Answers only to requests that carry the token. */
export function hubspotAnswers(): nock.Scope {
  return nock(BASE_URL, { reqheaders: { authorization: `Bearer ${TOKEN}` } });
}

/** The body of a request that nock hands to a reply. */
export async function parseRequest<T>(schema: z.ZodType<T>, request: Request): Promise<T> {
  return schema.parse(await request.json());
}

/** A record as HubSpot sends it. */
export function recordBody(id: string, properties: Record<string, string | null> = {}) {
  return {
    id,
    properties: { hs_object_id: id, ...properties },
    createdAt: "2025-11-04T03:44:52.657Z",
    updatedAt: "2025-11-04T12:06:46.802Z",
    archived: false,
    url: `https://app.hubspot.com/contacts/1/record/0-2/${id}`,
  };
}

/** The frame of a batch answer. */
export function batchBody(results: unknown[], errors: unknown[] = []) {
  return {
    status: "COMPLETE",
    startedAt: "2025-11-06T05:03:12.880Z",
    completedAt: "2025-11-06T05:03:12.978Z",
    results,
    ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
  };
}

export function notFoundBody(ids: string[]) {
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    message: "Could not get some COMPANY objects, they may be deleted or not exist. Check that ids are valid.",
    context: { ids },
  };
}
