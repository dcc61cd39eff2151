import type { z } from "zod";
import type { Exchange } from "../../../src/sandbox/http/exchange.ts";
import { findBatchFaults } from "./batch-faults.ts";
import { findDefinitionFaults } from "./definition-faults.ts";
import { findLinkFaults } from "./link-faults.ts";
import type { PortalFacts } from "./portal-facts.ts";
import { findPropertyFaults, findShownFaults } from "./property-faults.ts";
import { findSearchFaults } from "./search-faults.ts";
import { findOperation, type FoundOperation, type WireOperation } from "./wire-operation.ts";

type Request = Pick<Exchange, "method" | "path" | "query" | "rawBody" | "body">;
type Answer = Pick<Exchange, "status" | "contentType" | "responseText">;

/** A request whose parts have the declared form. `body` is undefined where there was none. */
export type CheckedRequest = FoundOperation & Pick<Exchange, "query" | "rawBody" | "body">;

/** HubSpot answers 414 to addresses of 8,000 to 16,000 characters. */
const LONGEST_ADDRESS = 8_000;
/** Whoever stands before HubSpot's API answers with a page. */
const PAGES = [404, 502, 503, 504];

/** What does not fit in a request or its answer, each fault with its place; nothing where both fit. */
export function checkExchange(exchange: Request & Answer, portal: PortalFacts): string[] {
  const { method, path, status } = exchange;
  const found = findOperation(method, path);
  if (!found) return [`${method} ${path}: HubSpot has no such operation`];
  const faults = [
    ...findRequestFaults(exchange, found, portal).map((fault) => `request ${fault}`),
    ...findAnswerFaults(exchange, found.operation, portal, found.params["objectType"]).map(
      (fault) => `answer ${status} ${fault}`,
    ),
  ];
  return faults.map((fault) => `${method} ${path}: ${fault}`);
}

function findRequestFaults(request: Request, found: FoundOperation, portal: PortalFacts): string[] {
  const { operation } = found;
  const { path, query, rawBody, body } = request;
  const faults = [...query].flatMap(([name, value]) => {
    const schema = operation.query.get(name);
    return schema ? issuesOf(schema, value, `query ${name}`) : [`query: unknown parameter ${name}`];
  });
  const length = path.length + query.toString().length;
  if (length > LONGEST_ADDRESS) faults.push(`address: ${length} characters`);

  const schema = operation.body();
  if (schema) faults.push(...issuesOf(schema, body, "body"));
  else if (rawBody !== "") faults.push("body: none is taken");
  // The faults below are looked for in bodies of the declared form.
  if (faults.length > 0) return faults;
  const checked = { ...found, query, rawBody, body };
  return [
    ...findBatchFaults(checked),
    ...findSearchFaults(checked),
    ...findPropertyFaults(checked, portal),
    ...findLinkFaults(checked, portal),
    ...findDefinitionFaults(checked, portal),
  ];
}

/** `portal` null where its definitions are not known. */
export function findAnswerFaults(
  answer: Answer,
  operation: Pick<WireOperation, "answer">,
  portal: PortalFacts | null,
  objectType?: string,
): string[] {
  const { status, contentType, responseText } = answer;
  if (contentType?.startsWith("text/html")) return PAGES.includes(status) ? [] : ["is a page"];
  const schema = operation.answer(status);
  if (!schema) return responseText === "" ? [] : ["has a body"];
  const body = parseJson(responseText);
  const faults = issuesOf(schema, body, "body");
  if (faults.length > 0 || portal === null || objectType === undefined) return faults;
  return findShownFaults(body, objectType, portal);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function issuesOf(schema: z.ZodType, value: unknown, place: string): string[] {
  const { error } = schema.safeParse(value);
  return error?.issues.map((issue) => `${[place, ...issue.path].join(".")}: ${issue.message}`) ?? [];
}
