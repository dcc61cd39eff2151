import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { answerCall, type AnswerDeps, type Incoming } from "./answer-call.ts";
import type { CallLog } from "./call-log.ts";
import type { Exchanges } from "./exchange.ts";
import type { Gates } from "./gates.ts";
import type { Reply } from "./reply.ts";

export type ServeDeps = AnswerDeps & {
  gates: Gates;
  log: CallLog;
  exchanges: Exchanges;
  /** How long a client that gets no answer is kept waiting before its connection is closed. */
  silenceMs: number;
};

/** The HTTP face of the portal; the caller listens and closes. */
export function createPortalServer(deps: ServeDeps): Server {
  return createServer((request, response) => {
    serve(deps, request, response).catch(() => response.destroy());
  });
}

async function serve(deps: ServeDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = await readCall(request);
  const { method, rawBody, body } = call;
  const { pathname: path, searchParams: query } = call.url;
  const gate = deps.gates.take(method, path, body);
  if (gate?.kind === "before") {
    gate.reach();
    await gate.released;
  }
  const { kind, reply, ending } = await answerCall(deps, call, gate?.disturbance);
  const { status, contentType } = reply;
  deps.log.add(kind, { method, path, body, status });
  if (gate && gate.kind !== "before") gate.reach();
  if (gate?.kind === "after") await gate.released;
  if (gate?.kind === "drop" || ending === "reset") request.socket.resetAndDestroy();
  else if (ending === "silence") keepSilent(response, deps.silenceMs);
  else {
    const responseText = reply.body;
    deps.exchanges.tell(() => ({ method, path, query, rawBody, body, status, contentType, responseText, kind }));
    send(response, reply);
  }
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(reply.contentType === null ? {} : { "content-type": reply.contentType }),
  });
  response.end(reply.body);
}

function keepSilent(response: ServerResponse, silenceMs: number): void {
  const timer = setTimeout(() => response.destroy(), silenceMs);
  response.once("close", () => clearTimeout(timer));
}

async function readCall(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const rawBody = Buffer.concat(chunks).toString("utf8");
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", "http://sandbox"),
    rawBody,
    body: parseJson(rawBody),
    authorization: request.headers.authorization,
  };
}

/** Undefined when there is none, or when it is not JSON. */
function parseJson(raw: string): unknown {
  try {
    return raw === "" ? undefined : JSON.parse(raw);
  } catch {
    return undefined;
  }
}
