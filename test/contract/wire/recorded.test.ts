import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { declaredSchema } from "./declared-schema.ts";
import { findAnswerFaults } from "./exchange-check.ts";
import { findOperation, type WireOperation } from "./wire-operation.ts";

const FOLDER = new URL("../../../../shared/hubspot-recorded/", import.meta.url);
const isRecorded = existsSync(FOLDER);
const describeRecorded = isRecorded ? describe : describe.skip;

const Recording = z.object({
  request: z.object({ method: z.string(), path: z.string() }),
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
});

/** Of paths that we do not call: an elder batch of links in the same frame, and refusals. */
const elsewhere: Pick<WireOperation, "answer"> = {
  answer(status) {
    if (status >= 400) return declaredSchema("objects", "ModelError", "answer");
    return declaredSchema("associations/v4", "BatchResponseLabelsBetweenObjectPairWithErrors", "answer");
  },
};
const ELSEWHERE = ["/", "/crm/v3/schemas", "/crm/v3/associations/contact/company/batch/create"];

const names = isRecorded ? readdirSync(FOLDER).filter((name) => /^(amp|iss|vcr)_.*\.json$/.test(name)) : ["none"];

describeRecorded("what HubSpot was heard to answer passes the check (skipped where no recordings are at hand)", () => {
  it.each(names)("%s", (name) => {
    const { request, response } = Recording.parse(JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")));
    const [path = ""] = request.path.split("?");
    const operation = ELSEWHERE.includes(path) ? elsewhere : findOperation(request.method, path)?.operation;
    const { status, headers, body } = response;
    const responseText = typeof body === "string" ? body : body === null ? "" : JSON.stringify(body);
    const answer = { status, contentType: headers["content-type"] ?? null, responseText };

    if (!operation) throw new Error(`no operation for ${request.method} ${path}`);
    expect(findAnswerFaults(answer, operation, null)).toEqual([]);
  });
});
