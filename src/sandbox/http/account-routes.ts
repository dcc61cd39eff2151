import { getAccountDetails, getDailyUsage, getTokenInfo } from "../api/account.ts";
import type { Call } from "../api/call.ts";
import type { AccountLimits } from "./account-limits.ts";
import type { Route } from "./route.ts";
import type { Token } from "./token.ts";

/** What an app can ask about itself and its account. */
export function accountRoutes(findToken: (token: string) => Token | undefined, account: AccountLimits): Route[] {
  const counted = { limit: "general", access: () => [] } as const;
  return [
    {
      ...counted,
      method: "GET",
      path: "/account-info/v3/details",
      kind: () => "account details",
      handle: getAccountDetails,
    },
    {
      ...counted,
      method: "GET",
      path: "/account-info/v3/api-usage/daily/private-apps",
      kind: () => "account usage",
      handle: (call: Call) => getDailyUsage(call, { limit: account.dailyLimit, current: account.usedToday }),
    },
    {
      method: "POST",
      path: "/oauth/v2/private-apps/get/access-token-info",
      kind: () => "token info",
      access: "none",
      limit: "free",
      handle: (call: Call) => getTokenInfo(call, findToken),
    },
  ];
}
