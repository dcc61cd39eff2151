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

/** GET /account-info/v3/api-usage/daily/private-apps: the calls of all private apps since midnight. */
export function getDailyUsage(call: Call, usage: { limit: number; current: number }): Answer {
  const day = 86_400_000;
  const resetsAt = Math.floor((call.author.at + zoneOffsetMs(call.author.at)) / day + 1) * day;
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
          resetsAt: new Date(resetsAt - zoneOffsetMs(resetsAt)).toISOString(),
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

function zoneOffsetMs(at: number): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone: ZONE, timeZoneName: "longOffset" }).formatToParts(at);
  const offset = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return Number(/[+-]\d{2}/.exec(offset)?.[0] ?? 0) * 3_600_000;
}
