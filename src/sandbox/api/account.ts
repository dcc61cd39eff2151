import { DateTime } from "luxon";
import { z } from "zod";

import { ApiError } from "./api-error.ts";
import { type Answer, type Call, parseBody } from "./call.ts";

const ZONE = "Europe/Oslo";
const TokenInfo = z.object({ tokenKey: z.string() });

/** GET /account-info/v3/details of a Norwegian account. */
export function getAccountDetails(call: Call): Answer {
  const offsetMs = zoneOffsetMs(call.author.at);
  const hours = String(offsetMs / 3_600_000).padStart(2, "0");
  return {
    status: 200,
    body: {
      portalId: call.portalId,
      accountType: "STANDARD",
      timeZone: ZONE,
      companyCurrency: "NOK",
      additionalCurrencies: ["DKK", "EUR"],
      utcOffset: `+${hours}:00`,
      utcOffsetMilliseconds: offsetMs,
      uiDomain: "app.hubspot.com",
      dataHostingLocation: "eu1",
    },
  };
}

/** GET /account-info/v3/api-usage/daily/private-apps: the calls of the account since midnight. */
export function getDailyUsage(call: Call, usage: { limit: number; current: number }): Answer {
  return {
    status: 200,
    body: {
      results: [
        {
          name: "private-apps-api-calls-daily",
          usageLimit: usage.limit,
          currentUsage: usage.current,
          collectedAt: new Date(call.author.at).toISOString(),
          fetchStatus: "SUCCESS",
          resetsAt: new Date(nextMidnight(call.author.at)).toISOString(),
        },
      ],
    },
  };
}

/** POST /oauth/v2/private-apps/get/access-token-info: which app a token belongs to and what it may do. */
export function getTokenInfo(
  call: Call,
  find: (token: string) => { userId: number; appId: number; scopes: readonly string[] } | undefined,
): Answer {
  const info = find(parseBody(TokenInfo, call.body).tokenKey);
  if (!info) throw new ApiError(404, "resource not found");
  return { status: 200, body: { userId: info.userId, hubId: call.portalId, appId: info.appId, scopes: info.scopes } };
}

/** The end of the account's day that `at` lies in; both in milliseconds since the epoch. */
export function nextMidnight(at: number): number {
  return DateTime.fromMillis(at, { zone: ZONE }).plus({ days: 1 }).startOf("day").toMillis();
}

function zoneOffsetMs(at: number): number {
  return DateTime.fromMillis(at, { zone: ZONE }).offset * 60_000;
}
