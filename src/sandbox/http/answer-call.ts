import { randomUUID } from "node:crypto";

import { ApiError, missingScopes, NotFoundPage } from "../api/api-error.ts";
import type { Answer } from "../api/call.ts";
import type { Portal } from "../portal/portal.ts";
import type { About, Disturbance, Spoilt } from "./disturbance.ts";
import type { FaultSource } from "./faults.ts";
import type { Limits } from "./limits.ts";
import { jsonReply, NO_REPLY, refusalReply, type Reply } from "./reply.ts";
import type { FindRoute, Route } from "./route.ts";
import { authorOf, findMissingScopes, type Token } from "./token.ts";
import { tooManyCalls } from "./too-many-calls.ts";

/** A request as it came. `body` is its parsed JSON, or undefined. */
export type Incoming = {
  method: string;
  url: URL;
  rawBody: string;
  body: unknown;
  authorization: string | undefined;
};

/** One token's standing with the portal. */
export type Session = { token: Token; limits: Limits };

type Matched = NonNullable<ReturnType<FindRoute>>;

export type AnswerDeps = {
  portal: Portal;
  portalId: number;
  findRoute: FindRoute;
  findSession(bearer: string): Session | undefined;
  faults: Pick<FaultSource, "draw">;
};

/** An answer, how it ends on the wire, and the name under which the call is counted. */
export type Outcome = Spoilt & { kind: string };

const UNAUTHORISED =
  "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview";

/** Checks, counts and handles one call, and lets it go wrong as `wanted` or, for an app's call, by chance. */
export async function answerCall(deps: AnswerDeps, call: Incoming, wanted?: Disturbance): Promise<Outcome> {
  const correlationId = randomUUID();
  const matched = deps.findRoute(call.method, call.url.pathname);
  const { token, limits } = deps.findSession(/^Bearer (.+)$/i.exec(call.authorization ?? "")?.[1] ?? "") ?? {};
  const describe = (): About => ({
    correlationId,
    headers: {
      "x-content-type-options": "nosniff",
      "x-hubspot-correlation-id": correlationId,
      ...(matched ? limits?.headers(matched.route.limit) : {}),
    },
  });
  const refuse = (error: unknown) => refusalReply(error, correlationId, describe().headers);
  let kind = "unknown path";
  const spoil = ({ spoil: change }: Disturbance, reply: Reply): Outcome => ({ kind, ...change(reply, describe()) });
  try {
    if (!matched) throw new NotFoundPage();
    const { route, params } = matched;
    if (!token && route.access !== "none")
      throw new ApiError(401, UNAUTHORISED, { category: "INVALID_AUTHENTICATION" });
    kind = route.kind(params);
    const refusal = token && findRefusal(route, params, token);
    if (refusal?.isCounted === false) throw refusal;

    const canFail = token?.kind === "app" && route.limit !== "free";
    const disturbance = wanted ?? (canFail ? deps.faults.draw({ route, body: call.body }) : undefined);
    if (disturbance?.strikes === "before counting") return spoil(disturbance, NO_REPLY);
    const broken = limits?.take(route.limit);
    if (broken) throw tooManyCalls(broken);
    if (refusal) throw refusal;
    if (disturbance?.strikes === "before handling") return spoil(disturbance, NO_REPLY);

    const handled = handle(deps, { ...call, body: disturbance?.body ?? call.body }, matched, token);
    const reply = await handled.then((result) => jsonReply(result, describe().headers), refuse);
    return disturbance ? spoil(disturbance, reply) : { kind, reply, ending: "send" };
  } catch (error) {
    return { kind, reply: refuse(error), ending: "send" };
  }
}

async function handle(deps: AnswerDeps, call: Incoming, matched: Matched, token: Token | undefined): Promise<Answer> {
  if (call.rawBody !== "" && call.body === undefined)
    throw new ApiError(400, "Invalid input JSON", { category: "VALIDATION_ERROR" });
  const { portal, portalId } = deps;
  const now = portal.clock.now();
  const author = token ? authorOf(token, now) : { at: now, changeSource: "API", sourceId: "" };
  const { route, params } = matched;
  return await route.handle({ portal, portalId, params, query: call.url.searchParams, body: call.body, author });
}

function findRefusal(route: Route, params: Record<string, string>, token: Token): ApiError | undefined {
  if (route.access === "none") return undefined;
  if (route.access === "person")
    return token.kind === "person" ? undefined : new ApiError(403, "This call needs a person's token");
  const missing = findMissingScopes(token, route.access(params));
  return missing.length > 0 ? missingScopes(missing, route.path.startsWith("/crm/v3/objects")) : undefined;
}
