import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { ApiError, missingScopes, NotFoundPage } from "../api/api-error.ts";
import type { Answer } from "../api/call.ts";
import type { Portal } from "../portal/portal.ts";
import type { CallLog } from "./call-log.ts";
import type { Gates } from "./gates.ts";
import type { Limits } from "./limits.ts";
import type { FindRoute, Route } from "./route.ts";
import { authorOf, findMissingScopes, type Token } from "./token.ts";

export type ServeDeps = {
  portal: Portal;
  portalId: number;
  findRoute: FindRoute;
  findSession(bearer: string): { token: Token; limits: Limits } | undefined;
  gates: Gates;
  log: CallLog;
};

type Reply = { status: number; contentType: string | null; body: string; headers: Record<string, string> };

const NOT_FOUND_PAGE = `<html>
<head>
<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
<title>Error 404 Not Found</title>
</head>
<body><h2>HTTP ERROR 404</h2>
<p>Resource not found</p>
</body>
</html>
`;
const UNAUTHORISED =
  "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview";

/** The HTTP face of the portal; the caller listens and closes. */
export function createPortalServer(deps: ServeDeps): Server {
  return createServer((request, response) => {
    serve(deps, request, response).catch(() => response.destroy());
  });
}

async function serve(deps: ServeDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? "GET";
  const url = new URL(request.url ?? "/", "http://sandbox");
  const raw = await readBody(request);
  const body = parseJson(raw);
  const gate = deps.gates.take(method, url.pathname, body);
  if (gate?.kind === "before") {
    gate.reach();
    await gate.released;
  }
  const reply = await answer(deps, method, url, raw, body, request.headers.authorization);
  if (gate && gate.kind !== "before") gate.reach();
  if (gate?.kind === "after") await gate.released;
  if (gate?.kind === "drop") request.socket.destroy();
  else send(response, reply);
}

async function answer(
  deps: ServeDeps,
  method: string,
  url: URL,
  raw: string,
  body: unknown,
  authorization: string | undefined,
): Promise<Reply> {
  const correlationId = randomUUID();
  const matched = deps.findRoute(method, url.pathname);
  const { token, limits } = deps.findSession(/^Bearer (.+)$/i.exec(authorization ?? "")?.[1] ?? "") ?? {};
  const headers = () => ({
    "x-content-type-options": "nosniff",
    "x-hubspot-correlation-id": correlationId,
    ...(matched ? limits?.headers(matched.route.limit) : {}),
  });
  let kind = "unknown path";
  let reply: Reply;
  try {
    if (!matched) throw new NotFoundPage();
    const { route, params } = matched;
    if (!token && route.access !== "none")
      throw new ApiError(401, UNAUTHORISED, { category: "INVALID_AUTHENTICATION" });
    kind = route.kind(params);
    limits?.take(route.limit);
    if (token) checkAccess(route, params, token);
    if (raw !== "" && body === undefined)
      throw new ApiError(400, "Invalid input JSON", { category: "VALIDATION_ERROR" });
    const now = deps.portal.clock.now();
    const author = token ? authorOf(token, now) : { at: now, changeSource: "API", sourceId: "" };
    const { portal, portalId } = deps;
    const result = await route.handle({ portal, portalId, params, query: url.searchParams, body, author });
    reply = jsonReply(result, headers());
  } catch (error) {
    reply = refusal(error, correlationId, headers());
  }
  deps.log.add(kind, { method, path: url.pathname, body, status: reply.status });
  return reply;
}

function checkAccess(route: Route, params: Record<string, string>, token: Token): void {
  if (route.access === "none") return;
  if (route.access === "person") {
    if (token.kind !== "person") throw new ApiError(403, "This call needs a person's token");
    return;
  }
  const missing = findMissingScopes(token, route.access(params));
  if (missing.length > 0) throw missingScopes(missing, route.path.startsWith("/crm/v3/objects"));
}

function jsonReply(result: Answer, headers: Record<string, string>): Reply {
  const hasBody = result.body !== undefined;
  return {
    status: result.status,
    contentType: hasBody ? "application/json;charset=utf-8" : null,
    body: hasBody ? JSON.stringify(result.body) : "",
    headers,
  };
}

function refusal(error: unknown, correlationId: string, headers: Record<string, string>): Reply {
  if (error instanceof NotFoundPage)
    return {
      status: 404,
      contentType: "text/html;charset=iso-8859-1",
      body: NOT_FOUND_PAGE,
      headers: { ...headers, "x-hubspot-notfound": "true" },
    };
  if (!(error instanceof ApiError)) {
    const message = error instanceof Error ? error.message : "internal error";
    return jsonReply({ status: 500, body: { status: "error", message, correlationId } }, headers);
  }
  const { status, message, ...details } = error.body;
  const counted = Object.entries(headers).filter(([name]) => error.isCounted || !name.includes("ratelimit"));
  return jsonReply(
    { status: error.status, body: { status, message, correlationId, ...details } },
    Object.fromEntries(counted),
  );
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(reply.contentType === null ? {} : { "content-type": reply.contentType }),
  });
  response.end(reply.body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Undefined when there is none, or when it is not JSON. */
function parseJson(raw: string): unknown {
  try {
    return raw === "" ? undefined : JSON.parse(raw);
  } catch {
    return undefined;
  }
}
