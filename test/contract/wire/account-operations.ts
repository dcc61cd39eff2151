import { z } from "zod";
import { accountPath, tokenPath, usagePath } from "../../../src/hubspot/api-paths.ts";
import { declaredSchema } from "./declared-schema.ts";
import type { WireOperation } from "./wire-operation.ts";

const Instant = z.iso.datetime({ offset: true });

/** https://developers.hubspot.com/docs/api-reference/account-account-info-v3/details */
const Details = z.strictObject({
  portalId: z.int(),
  accountType: z.enum(["APP_DEVELOPER", "DEVELOPER_TEST", "SANDBOX", "STANDARD"]),
  timeZone: z.string().regex(/^\w+(\/\w+)+$/),
  companyCurrency: z.string().length(3),
  additionalCurrencies: z.array(z.string().length(3)),
  utcOffset: z.string().regex(/^[+-]\d{2}:\d{2}$/),
  utcOffsetMilliseconds: z.int(),
  uiDomain: z.string(),
  dataHostingLocation: z.string(),
});

/** https://developers.hubspot.com/docs/api-reference/account-account-info-v3/api-usage */
const Usage = z.strictObject({
  results: z.array(
    z.strictObject({
      name: z.string(),
      usageLimit: z.int(),
      currentUsage: z.int(),
      collectedAt: Instant,
      fetchStatus: z.string(),
      resetsAt: Instant,
    }),
  ),
});

/** https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview#verify-or-look-up-a-token */
const TokenInfo = z.strictObject({
  userId: z.int(),
  hubId: z.int(),
  appId: z.int(),
  scopes: z.array(z.string()),
});
const TokenQuestion = z.strictObject({ tokenKey: z.string() });

/** What the SDK has no method for, after HubSpot's documentation. */
export const accountOperations: WireOperation[] = [
  operation("GET", accountPath, null, Details),
  operation("GET", usagePath, null, Usage),
  operation("POST", tokenPath, TokenQuestion, TokenInfo),
];

function operation(method: string, path: string, body: z.ZodType | null, answer: z.ZodType): WireOperation {
  return {
    part: null,
    method,
    path,
    query: new Map(),
    body: () => body,
    answer: (status) => (status >= 400 ? declaredSchema("objects", "ModelError", "answer") : answer),
  };
}
