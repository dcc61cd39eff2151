import { randomUUID } from "node:crypto";

import { ApiError } from "../api/api-error.ts";
import type { Random } from "../random.ts";
import type { About, Disturbance } from "./disturbance.ts";
import { notFoundReply, refusalReply, type Reply } from "./reply.ts";
import type { Route } from "./route.ts";
import { addRowErrors, thinBatch } from "./thin-batch.ts";
import { type Policy, tooManyCalls } from "./too-many-calls.ts";

/**
 * What can go wrong with a call. `reset`: the connection breaks before the call is done; `lost`: after; `silent`: no
 * answer comes; `207`: single rows of a batch fail; `404`: HubSpot's page for a missing path, on one that exists.
 */
export const faultKinds = [
  "207",
  "404",
  "423",
  "429",
  "477",
  "500",
  "502",
  "503",
  "504",
  "reset",
  "lost",
  "silent",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Makes the failure for a call; undefined where this kind cannot befall it. */
type MakeFailure = (call: { route: Route; body: unknown }, random: Random) => Disturbance | undefined;

/** Of these a 404 tells that the thing itself is missing. */
const NAMES_ONE_THING = /:(id|toId|name)\b/;

export const failures: Record<FaultKind, MakeFailure> = {
  "207": ({ route, body }, random) => {
    const thinned = thinBatch(route.path, body, random);
    if (!thinned) return undefined;
    return {
      strikes: "after handling",
      body: thinned.body,
      spoil: (reply) => ({ reply: addRowErrors(reply, thinned), ending: "send" }),
    };
  },
  "404": ({ route }) =>
    NAMES_ONE_THING.test(route.path) ? undefined : answer("before handling", ({ headers }) => notFoundReply(headers)),
  "423": () => answer("before handling", refuse(new ApiError(423, "This resource is locked by a change in bulk."))),
  "429": ({ route }, random) =>
    answer("before counting", refuseByPolicy(route.limit === "search" ? "SECONDLY" : "TEN_SECONDLY_ROLLING", random)),
  "477": () => {
    const refusal = refuse(new ApiError(477, "This account is being moved to another data centre."));
    return answer("before handling", (about) => withRetryAfter(refusal(about)));
  },
  "500": (_, random) => answer(doneOrNot(random), refuse(new ApiError(500, "internal error"))),
  "502": (_, random) => answer(doneOrNot(random), gatewayPage(502, "Bad Gateway")),
  "503": (_, random) => answer(doneOrNot(random), refuse(new ApiError(503, "service unavailable"))),
  "504": (_, random) => answer(doneOrNot(random), gatewayPage(504, "Gateway Time-out")),
  reset: () => ({ strikes: "before handling", spoil: (reply) => ({ reply, ending: "reset" }) }),
  lost: () => ({ strikes: "after handling", spoil: (reply) => ({ reply, ending: "reset" }) }),
  silent: (_, random) => ({ strikes: doneOrNot(random), spoil: (reply) => ({ reply, ending: "silence" }) }),
};

type MakeReply = (about: About) => Reply;

/** Nobody can see from such an answer whether the call was done: both happen. */
function doneOrNot(random: Random): Disturbance["strikes"] {
  return random.chance(0.5) ? "after handling" : "before handling";
}

function answer(strikes: Disturbance["strikes"], makeReply: MakeReply): Disturbance {
  return { strikes, spoil: (_, about) => ({ reply: makeReply(about), ending: "send" }) };
}

function refuse(error: ApiError): MakeReply {
  return ({ headers, correlationId }) => refusalReply(error, correlationId, headers);
}

/** With and without `Retry-After`, and in either of the shapes that were seen. */
function refuseByPolicy(policy: Policy, random: Random): MakeReply {
  const refusal = refuse(tooManyCalls(policy, random.chance(0.5) ? {} : { requestId: randomUUID() }));
  const asksToWait = random.chance(0.5);
  const spent: Record<string, string> =
    policy === "TEN_SECONDLY_ROLLING" ? { "x-hubspot-ratelimit-remaining": "0" } : {};
  return ({ headers, correlationId }) => {
    const reply = refusal({ correlationId, headers: { ...headers, ...spent } });
    return asksToWait ? withRetryAfter(reply) : reply;
  };
}

function withRetryAfter(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, "retry-after": "1" } };
}

/** What stands before HubSpot answers with a page of its own, and knows nothing of limits or correlation ids. */
function gatewayPage(status: number, title: string): MakeReply {
  const body = `<html>\n<head><title>${status} ${title}</title></head>\n<body><center><h1>${status} ${title}</h1></center></body>\n</html>\n`;
  return () => ({ status, contentType: "text/html", body, headers: {} });
}
