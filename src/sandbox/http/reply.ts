import { ApiError, NotFoundPage } from "../api/api-error.ts";
import type { Answer } from "../api/call.ts";

/** An answer as it goes over the wire. */
export type Reply = { status: number; contentType: string | null; body: string; headers: Record<string, string> };

/** What is noted of a call that nobody handled or answered: status 0. */
export const NO_REPLY: Reply = { status: 0, contentType: null, body: "", headers: {} };

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

export function jsonReply(result: Answer, headers: Record<string, string>): Reply {
  const hasBody = result.body !== undefined;
  return {
    status: result.status,
    contentType: hasBody ? "application/json;charset=utf-8" : null,
    body: hasBody ? JSON.stringify(result.body) : "",
    headers,
  };
}

export function notFoundReply(headers: Record<string, string>): Reply {
  return {
    status: 404,
    contentType: "text/html;charset=iso-8859-1",
    body: NOT_FOUND_PAGE,
    headers: { ...headers, "x-hubspot-notfound": "true" },
  };
}

/** The answer that an error stands for; one that is no refusal of HubSpot's is a fault of the sandbox: 500. */
export function refusalReply(error: unknown, correlationId: string, headers: Record<string, string>): Reply {
  if (error instanceof NotFoundPage) return notFoundReply(headers);
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
